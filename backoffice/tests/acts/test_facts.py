"""Each act shows what it is about, and what will come of it, before it is done."""

import pytest
from django.urls import reverse

from accounts.audit import AuditEntry
from accounts.tests.factories import make_beneficiary
from partners.tests.factories import make_offer
from tickets import services
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import days, make_wallet

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def about(client):
    """`about(row, "annuler")`: what the page of the act says of the row, in one text."""

    def read(row, name):
        address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk])
        shown = client.get(address).context["about"]
        return " / ".join([*(f"{label} {value}" for label, value in shown.facts), shown.outcome]).replace(
            NBSP, " "
        )

    return read


@pytest.fixture
def ticket():
    child = make_beneficiary(first_name="Inès", last_name="GAUTHIER", birth_year=2014)
    wallet = make_wallet("60", beneficiary=child, kind=Kind.SPORT)
    return make_ticket("20", wallet=wallet, offer=make_offer("Judo", kind=Kind.SPORT))


@pytest.mark.parametrize("name", ["annuler", "utiliser", "annuler-l-utilisation"])
def test_a_ticket_act_shows_the_ticket(about, agent, ticket, name):
    """admin.md 7: « Annuler le ticket / Ticket n° 42292 » did not say whose, nor of how much."""
    if name == "annuler-l-utilisation":
        services.use(ticket_id=ticket.pk, actor=agent)
    shown = about(ticket, name)

    for said in (
        "Inès GAUTHIER (2014)",
        "Collège, 5e",
        "20,00 €",
        f"Sport, campagne {ticket.wallet.campaign}",
        str(ticket.offer).replace(NBSP, " "),
        f"{ticket.valid_until:%d/%m/%Y}",
        f"{ticket.cancellable_until:%d/%m/%Y}",
    ):
        assert said in shown


def test_before_the_last_day_the_sum_comes_back(about, agent, ticket):
    """admin.md 7: the balance before and after."""
    assert "20,00 € reviennent au porte-monnaie Sport d’Inès : 40,00 € → 60,00 €." in about(ticket, "annuler")


def test_it_says_when_what_comes_back_can_no_longer_be_spent(about, agent, ticket):
    campaign = ticket.wallet.campaign
    campaign.last_ticket_on = days(-1)
    campaign.save()

    assert "ne pourra plus servir" in about(ticket, "annuler")


def test_after_the_last_day_it_says_that_the_sum_is_lost(about, agent, ticket):
    """admin.md 8: the page still said « la somme revient »."""
    campaign = ticket.wallet.campaign
    campaign.last_ticket_on = campaign.last_cancellation_on = days(-1)
    campaign.save()

    assert "20,00 € sont perdus : le porte-monnaie Sport d’Inès reste à 40,00 €." in about(ticket, "annuler")


def test_the_journal_names_the_child_of_a_ticket(client, agent, ticket):
    """admin.md 15: « Ticket n° 12 » alone told nobody whose it was."""
    client.post(reverse("admin:tickets_ticket_annuler", args=[ticket.pk]), {"reason": "Appel"})

    assert AuditEntry.objects.get().subject == f"Ticket n°{NBSP}{ticket.number} d’Inès GAUTHIER"
