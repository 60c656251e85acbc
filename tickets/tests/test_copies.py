"""The copy of a ticket for a place without network, and which of those kept are still good."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Guardianship
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from core.formats import jour
from partners.tests.factories import make_offer, make_partner
from tickets import services
from tickets.tests.factories import make_ticket
from wallets.models import Campaign
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db
DAYS = ["opens_on", "last_ticket_on", "last_cancellation_on", "last_validation_on"]
CHECK = "/hors-ligne/tickets/"


@pytest.fixture
def parent():
    return make_user("parent")


@pytest.fixture
def child(parent):
    return make_beneficiary(parent, user=make_user("garance"), first_name="Garance", last_name="TEST CD 92")


@pytest.fixture
def ticket(child, parent):
    offer = make_offer("Chant choral", partner=make_partner("MAITRISE D ANTONY"))
    return make_ticket("50", wallet=make_wallet("60", beneficiary=child), offer=offer, actor=parent)


def page_of(ticket):
    return f"/beneficiaires/{ticket.wallet.beneficiary.public_id}/loisirs/transactions/{ticket.number}/"


def good(client, *tickets):
    return client.get(CHECK, {"ticket": [ticket.number for ticket in tickets]}).json()


def key(client, ticket):
    return client.get(f"{page_of(ticket)}copie/").headers["Copy-Account"]


@pytest.mark.parametrize("username", ["parent", "garance"])
def test_the_copy_has_what_the_counter_checks_and_says_of_when_it_is(client, ticket, username, monkeypatch):
    client.force_login(ticket.order.actor if username == "parent" else ticket.wallet.beneficiary.user)
    taken_at = dt.datetime.combine(timezone.localdate(), dt.time(16, 50), timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "now", lambda: taken_at)
    response = client.get(f"{page_of(ticket)}copie/")
    # Full screen too: that is all that the counter sees.
    assert response.text.count(f"Copie du {jour(taken_at)}") == 2
    text = " ".join(response.text.replace("\N{NO-BREAK SPACE}", " ").split())

    assert f"Copie du {jour(taken_at)} à 16 h 50".replace("\N{NO-BREAK SPACE}", " ") in text
    assert "L’organisme le vérifie avec le code." in text
    for fact in (
        *("50,00 €", "Garance TEST CD 92", f"née ou né en {ticket.wallet.beneficiary.birth_year}"),
        *(f"Ticket n° {ticket.number}", f"{ticket.valid_until:%d/%m/%Y}", ticket.shown_code),
        *("MAITRISE D ANTONY", "Chant choral", f"QR du ticket n° {ticket.number}"),
    ):
        assert fact in text
    assert response.headers["Copy-Last-Day"] == ticket.valid_until.isoformat()


def test_the_copy_holds_nothing_of_the_session(client, ticket, parent):
    client.force_login(parent)
    response = client.get(f"{page_of(ticket)}copie/")

    assert "csrfmiddlewaretoken" not in response.text
    assert "Connecté sous" not in response.text
    # The browser's own cache keeps it no more than any page of a family.
    assert "no-store" in response.headers["Cache-Control"]


def test_only_a_ticket_that_can_be_used_is_offered(client, ticket, parent):
    client.force_login(parent)
    assert "Garder hors ligne" in client.get(page_of(ticket)).text

    services.cancel(ticket_id=ticket.pk, actor=parent, accept_loss=True)
    assert "Garder hors ligne" not in client.get(page_of(ticket)).text
    assert client.get(f"{page_of(ticket)}copie/").status_code == 404


@pytest.mark.parametrize("end", ["cancelled", "used", "last day", "guardian no more"])
def test_what_ends_a_ticket_ends_its_copy(client, ticket, parent, end):
    client.force_login(parent)
    account = key(client, ticket)
    assert good(client, ticket) == {"account": account, "tickets": [ticket.number]}

    if end == "cancelled":
        services.cancel(ticket_id=ticket.pk, actor=parent, accept_loss=True)
    elif end == "used":
        services.use(ticket_id=ticket.pk, actor=make_agent())
    elif end == "last day":
        Campaign.objects.update(**dict.fromkeys(DAYS, timezone.localdate() - dt.timedelta(days=1)))
    else:
        Guardianship.objects.filter(user=parent).delete()
    assert good(client, ticket) == {"account": account, "tickets": []}


def test_copies_belong_to_an_account(client, ticket, parent, child):
    """Not even to the other parent of the same child: each device shows what its own account kept."""
    client.force_login(parent)
    account = key(client, ticket)
    client.force_login(child.user)
    assert key(client, ticket) != account
    client.force_login(make_user("voisin"))
    stranger = good(client, ticket)
    client.force_login(make_agent())
    agent = good(client, ticket)

    assert stranger["tickets"] == agent["tickets"] == []
    assert len({account, stranger["account"], agent["account"]}) == 3
    # It is a name for a device, from which nobody is found.
    assert str(parent.pk) != account
    assert "parent" not in account


def test_nobody_is_told_nothing(client, ticket, parent):
    assert good(client, ticket) == {"account": "", "tickets": []}
    assert "no-store" in client.get(CHECK).headers["Cache-Control"]

    client.force_login(parent)
    client.post("/deconnexion/")
    assert good(client, ticket) == {"account": "", "tickets": []}


@pytest.mark.parametrize("number", ["", "x", "-1", "1" * 19, "²", "1 OR 1=1", "\N{ARABIC-INDIC DIGIT ONE}"])
def test_what_is_no_number_is_no_ticket(client, ticket, parent, number):
    client.force_login(parent)
    response = client.get(CHECK, {"ticket": [number, ticket.number]})

    assert response.json()["tickets"] == [ticket.number]


def test_many_copies_cost_as_many_queries_as_one(client, ticket, parent, django_assert_num_queries):
    client.force_login(parent)
    others = [make_ticket("1", wallet=ticket.wallet, actor=parent) for _ in range(9)]
    # The first visit notes when the session began.
    good(client)
    with django_assert_num_queries(3):
        assert good(client, ticket)["tickets"] == [ticket.number]
    with django_assert_num_queries(3):
        assert len(good(client, ticket, *others)["tickets"]) == 10


def test_whoever_comes_or_goes_leaves_no_copy(client, ticket, parent):
    """pass.js empties what the device keeps when one of these forms leaves, with or without an answer."""
    assert "data-forget" in client.get("/accueil/").text
    client.force_login(parent)
    page = client.get(page_of(ticket)).text

    assert page.count("data-forget") == page.count('action="/deconnexion/"') == 2
