"""Each act is for those who may."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db.models import Model
from django.urls import reverse

from accounts.tests.factories import make_agent, make_beneficiary, make_telephone, make_user
from backoffice.roles import ROLES
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db

RIGHTS = {
    "corriger": "gestionnaire",
    "annuler": "téléconseiller",
    "utiliser": "gestionnaire",
    "rendre-l-acces": "téléconseiller",
    "acces-par-courrier": "gestionnaire",
    "compte-vole": "gestionnaire",
    "fermer": "gestionnaire",
    "ajouter-un-responsable": "gestionnaire",
    "remplacer-un-responsable": "gestionnaire",
    "second-facteur": "administrateur",
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", RIGHTS)
def test_each_act_is_for_those_who_may(client, enter, role, name):
    make: dict[str, Callable[[], Model]] = {
        "corriger": make_wallet,
        "annuler": make_ticket,
        "utiliser": make_ticket,
        "ajouter-un-responsable": make_beneficiary,
        "remplacer-un-responsable": lambda: make_beneficiary(make_user()),
        "acces-par-courrier": lambda: make_user(email=""),
    }
    row = make.get(name, make_user)()
    if name == "second-facteur":
        row = make_user(is_staff=True)
        make_telephone(row)
    enter(make_agent(role))
    model = f"{row._meta.app_label}_{row._meta.model_name}"
    may = list(ROLES).index(role) >= list(ROLES).index(RIGHTS[name])
    address = reverse(f"admin:{model}_{name}", args=[row.pk])

    assert client.get(address).status_code == (200 if may else 403)
    assert (address in client.get(reverse(f"admin:{model}_change", args=[row.pk])).text) == may


def test_a_role_alone_opens_nothing_to_a_family(client):
    family = make_user()
    family.groups.add(Group.objects.get(name="administrateur"))
    client.force_login(family)

    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 302


def test_an_act_on_what_is_not_there(act, agent):
    ticket = make_ticket()
    ticket.pk = 999_999

    assert act(ticket, "annuler").status_code == 404


@pytest.mark.parametrize(
    ("role", "fields", "may"),
    [
        ("gestionnaire", {}, True),
        ("gestionnaire", {"is_staff": True}, False),
        ("administrateur", {"is_staff": True}, True),
        ("administrateur", {"is_staff": True, "is_superuser": True}, False),
    ],
)
def test_an_agents_account_is_changed_by_who_appoints_agents(client, enter, act, role, fields, may):
    """Its address is a way in; who is out of it is not let in again by just anybody."""
    account, closed = make_user(**fields), make_user(**fields, is_active=False)
    enter(make_agent(role))
    page = client.get(reverse("admin:accounts_user_change", args=[account.pk])).text

    assert ('name="email"' in page) == may
    done = 302 if may else 403
    assert (act(account, "fermer").status_code, act(closed, "rouvrir").status_code) == (done, done)


def test_nor_is_the_second_factor_of_a_superuser(act, administrator):
    assert act(make_user(is_staff=True, is_superuser=True), "second-facteur").status_code == 403


def test_nobody_raises_itself(client, enter):
    agent = make_agent()
    enter(agent)
    values = {"username": agent.username, "is_superuser": "on", "is_staff": "on", "groups": []}

    assert client.post(reverse("admin:accounts_user_change", args=[agent.pk]), values).status_code == 403


def test_an_administrator_makes_no_superuser(client, administrator):
    account = make_user("nouvel.agent")
    values = {"username": account.username, "email": account.email, "is_superuser": "on", "is_staff": "on"}
    client.post(reverse("admin:accounts_user_change", args=[account.pk]), values)

    account.refresh_from_db()
    assert (account.is_staff, account.is_superuser) == (False, False)
