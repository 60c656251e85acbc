"""The admin opens for an agent, and for nobody else."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer
from passplus.tests.rooms import sources
from tickets.tests.factories import make_ticket

pytestmark = pytest.mark.django_db

LISTS = [
    reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for model in admin.site._registry
]


def test_every_admin_class_is_of_this_room_and_registered_once():
    served = [type(one) for one in admin.site._registry.values()]

    assert {one.__module__.partition(".")[0] for one in served} == {"backoffice"}
    assert len({*served}) == len(served)
    assert [path for path in sources() if "unregister(" in path.read_text()] == []


@pytest.fixture
def agent(enter):
    enter(make_user("agent", is_staff=True, is_superuser=True))


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("address", LISTS)
def test_every_list_opens_and_searches_in_few_queries(client, address, django_assert_max_num_queries):
    for _ in range(3):
        make_beneficiary(make_user())
        make_ticket(offer=make_offer())

    for asked in ({}, {"q": "x"}):
        with django_assert_max_num_queries(14):
            assert client.get(address, asked).status_code == 200


@pytest.mark.usefixtures("agent")
def test_the_page_of_an_account_leads_to_its_children(client):
    parent = make_user()
    child = make_beneficiary(parent, first_name="Garance", last_name="<DUPONT>")
    page = client.get(f"/admin/accounts/user/{parent.pk}/change/").text

    assert f'<a href="/admin/accounts/beneficiary/{child.pk}/famille/">Garance &lt;DUPONT&gt;</a>' in page


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("model", ["wallets/wallet", "wallets/entry", "tickets/ticket"])
def test_money_is_only_looked_at(client, model):
    ticket = make_ticket()
    pk = {"wallets/wallet": ticket.wallet_id, "wallets/entry": ticket.entry_id}.get(model, ticket.pk)

    assert client.get(f"/admin/{model}/{pk}/change/").status_code == 200
    assert client.get(f"/admin/{model}/add/").status_code == 403
    assert client.post(f"/admin/{model}/{pk}/change/", {"amount": 1}).status_code == 403
    assert client.post(f"/admin/{model}/{pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_family_does_not_reach_the_admin(client):
    client.force_login(make_user())

    assert client.get("/admin/").status_code == 302
