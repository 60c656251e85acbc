"""The admin opens for an agent, and for nobody else; what money is made of cannot be edited there."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer
from tickets.tests.factories import make_ticket

pytestmark = pytest.mark.django_db

LISTS = [
    reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for model in admin.site._registry
]


@pytest.fixture
def agent(enter):
    enter(make_user("agent", is_staff=True, is_superuser=True))


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("address", LISTS)
def test_every_list_opens_and_searches(client, address):
    make_beneficiary(make_user())
    make_ticket(offer=make_offer())

    assert client.get(address).status_code == 200
    assert client.get(address, {"q": "x"}).status_code in {200, 302}


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("write", [str.lower, lambda code: code.replace("-", " ")], ids=["lower", "spaced"])
def test_a_ticket_is_found_by_its_code_in_any_writing(client, write):
    make_ticket()
    ticket = make_ticket()
    found = client.get("/admin/tickets/ticket/", {"q": write(ticket.shown_code)}).context["cl"].queryset

    assert list(found) == [ticket]


@pytest.mark.usefixtures("agent")
def test_the_qr_leads_an_agent_to_the_ticket_in_the_admin_which_keeps_its_code_secret(client):
    ticket = make_ticket()
    response = client.get(f"/T/{ticket.code}/", follow=True)

    assert response.redirect_chain == [(f"/admin/tickets/ticket/{ticket.number}/change/", 302)]
    assert ticket.code not in response.text


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
