"""Each act is for those who may."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db.models import Model
from django.urls import reverse

from accounts.tests.factories import make_agent, make_beneficiary, make_telephone, make_user
from backoffice.roles import ROLES
from tickets.models import State
from tickets.tests.factories import make_ticket
from tickets.tests.states import put_into
from wallets.tests.factories import make_wallet

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

RIGHTS = {
    "corriger": "gestionnaire",
    "annuler": "téléconseiller",
    "utiliser": "gestionnaire",
    "utiliser-en-retard": "gestionnaire",
    "rendre-l-acces": "téléconseiller",
    "acces-par-courrier": "gestionnaire",
    "compte-vole": "gestionnaire",
    "fermer": "gestionnaire",
    "ajouter-un-responsable": "gestionnaire",
    "remplacer-un-responsable": "gestionnaire",
    "second-facteur": "administrateur",
}


def make_expired():
    ticket = make_ticket()
    put_into(State.EXPIRED, ticket)
    return ticket


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", RIGHTS)
def test_each_act_is_for_those_who_may(client, enter, role, name):
    make: dict[str, Callable[[], Model]] = {
        "corriger": make_wallet,
        "annuler": make_ticket,
        "utiliser": make_ticket,
        "utiliser-en-retard": make_expired,
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
    # The roles of payments are advisers too.
    ranks = {role: rank for rank, role in enumerate(ROLES)} | {"paiements": 0, "ordonnateur": 0}
    may = ranks[role] >= ranks[RIGHTS[name]]
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
