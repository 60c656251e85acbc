"""An agent’s account is changed by who appoints agents, and nobody raises itself."""

import pytest
from django.urls import reverse

from accounts.tests.factories import make_agent, make_user

pytestmark = pytest.mark.django_db


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
