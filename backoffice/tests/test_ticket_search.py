"""A ticket is found by what the hotline is told."""

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer, make_partner
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_wallet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agent")]


@pytest.fixture
def agent(enter):
    enter(make_user("agent", is_staff=True, is_superuser=True))


@pytest.mark.parametrize("said", ["antony", "chloé", "dupont chloé", "E92"])
def test_a_ticket_is_found_by_what_the_hotline_is_told(client, said):
    make_ticket()
    chloe = make_beneficiary(first_name="Chloé", last_name="DUPONT", pupil_number="E92")
    ticket = make_ticket(
        wallet=make_wallet(kind=Kind.CULTURE, beneficiary=chloe),
        offer=make_offer(partner=make_partner("CHŒUR D’ANTONY")),
    )
    found = client.get("/admin/tickets/ticket/", {"q": said}).context["cl"].queryset

    assert list(found) == [ticket]


@pytest.mark.parametrize("write", [str.lower, lambda code: code.replace("-", " ")], ids=["lower", "spaced"])
def test_a_ticket_is_found_by_its_code_in_any_writing(client, write):
    make_ticket()
    ticket = make_ticket()
    found = client.get("/admin/tickets/ticket/", {"q": write(ticket.shown_code)}).context["cl"].queryset

    assert list(found) == [ticket]


@pytest.mark.parametrize(("digits", "count"), [("{}", 1), ("920000001", 1), ("9" * 30, 0)])
def test_a_ticket_is_found_by_its_number_or_the_childs(client, digits, count):
    child = make_beneficiary(pupil_number="920000001")
    ticket = make_ticket(wallet=make_wallet(beneficiary=child))
    make_ticket()
    found = client.get("/admin/tickets/ticket/", {"q": digits.format(ticket.number)}).context["cl"].queryset

    assert list(found) == [ticket] * count


def test_the_qr_leads_an_agent_to_the_ticket_in_the_admin_which_keeps_its_code_secret(client):
    ticket = make_ticket()
    response = client.get(f"/T/{ticket.code}/", follow=True)

    assert response.redirect_chain == [(f"/admin/tickets/ticket/{ticket.number}/change/", 302)]
    assert ticket.code not in response.text
