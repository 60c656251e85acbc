"""Which agents erase, whom, and what is done to who is erased."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.tests.factories import make_beneficiary, make_user
from backoffice.roles import ROLES

from .erasing import WHY, address, is_gone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [make_user, make_beneficiary], ids=["account", "child"])
@pytest.mark.parametrize("role", ROLES)
def test_it_is_for_who_may(client, enter, role, make):
    agent = make_user(is_staff=True)
    agent.groups.add(Group.objects.get(name=role))
    enter(agent)

    assert client.get(address(make())).status_code == (200 if role == "administrateur" else 403)


@pytest.mark.parametrize("fields", [{"is_staff": True}, {"is_staff": True, "is_superuser": True}], ids=str)
def test_an_agent_is_not_erased(client, agent, fields):
    colleague = make_user(**fields)

    assert client.post(address(colleague), {"reason": WHY, "is_sure": "on"}).status_code in {302, 403}
    assert not is_gone(colleague)


@pytest.mark.parametrize("act", ["rouvrir", "effacer", "acces-par-courrier"])
def test_nothing_is_done_any_more_to_an_account_that_is_nobody(client, agent, erase, act):
    user = make_user()
    erase(user)

    assert (
        client.post(reverse(f"admin:accounts_user_{act}", args=[user.pk]), {"reason": WHY}).status_code == 403
    )
    assert 'name="email"' not in client.get(reverse("admin:accounts_user_change", args=[user.pk])).text


def test_nor_to_a_child(client, agent, erase):
    child = make_beneficiary(make_user())
    erase(child)
    page = reverse("admin:accounts_beneficiary_change", args=[child.pk])

    assert 'name="last_name"' not in client.get(page).text
    assert client.post(address(child), {"reason": WHY}).status_code == 403
    assert "anonymisé" not in client.get(reverse("admin:accounts_beneficiary_changelist")).text


def test_a_parent_reads_how_to_ask(client):
    parent = make_user()
    make_beneficiary(parent)
    client.force_login(parent)

    assert "demandez à faire effacer" in client.get(reverse("accounts:account")).text
