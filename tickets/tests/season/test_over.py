"""After the last day: what ended, when, what was lost, and until when the tickets live."""

import pytest

from accounts.tests.factories import make_agent
from core.formats import jour
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.campaigns import close_campaign
from wallets.models import Campaign
from wallets.tests.factories import days

pytestmark = pytest.mark.django_db


def of(garance, path=""):
    return f"/beneficiaires/{garance.public_id}/{path}"


def plain(response):
    return response.text.replace("\xa0", " ")


def end():
    Campaign.objects.update(last_ticket_on=days(-1), last_cancellation_on=days(-1))


@pytest.fixture
def over(wallets):
    wallets(-1, sport="20", culture="60")


@pytest.fixture
def ticket(garance, wallets):
    """Made in time, of a campaign that has ended since."""
    wallets(5, culture="60")
    ticket = make_ticket(wallet=garance.wallets.get())
    end()
    return ticket


@pytest.mark.parametrize("path", ["/beneficiaires/", "", "loisirs/effectuer-une-transaction/"])
@pytest.mark.parametrize("closed", [False, True], ids=["not closed yet", "closed"])
def test_what_was_lost(client, garance, over, path, closed):
    """family.md 12: what was left, and lost, was hidden."""
    if closed:
        close_credit()
    page = plain(client.get(path if path.startswith("/") else of(garance, path)))

    campaign = Campaign.objects.get()
    assert f"La campagne 2026-2027 a pris fin le {jour(days(-1))}.".replace("\xa0", " ") in page
    assert "80,00 € n’avaient pas servi : cette somme est perdue." in page
    assert f"s’utilisent jusqu’au {jour(campaign.last_validation_on)}".replace("\xa0", " ") in page


def test_when_all_had_served(client, garance, wallets):
    wallets(-1, sport="0")

    assert "Tout ce qui était accordé a servi" in plain(client.get(of(garance)))


@pytest.mark.parametrize("closed", [False, True], ids=["not closed yet", "closed"])
def test_the_wallets_say_lost_and_not_left(client, garance, over, closed):
    if closed:
        close_credit()
    page = client.get(of(garance, "loisirs/porte-monnaie/")).text

    assert page.count("Perdu, non utilisé à temps") == 2
    assert "<dt>Reste</dt>" not in page
    assert '<dd class="amount">60,00\N{NO-BREAK SPACE}€</dd>' in page


@pytest.mark.parametrize("path", ["", "organisme/", "papier/"])
def test_the_way_closes_at_its_first_step(client, garance, over, path):
    """family.md 12: three screens later, the campaign was over."""
    page = client.get(of(garance, f"loisirs/effectuer-une-transaction/{path}"), follow=True)

    assert page.context["request"].path == of(garance, "loisirs/effectuer-une-transaction/")
    assert "a pris fin le" in page.text
    assert 'type="radio"' not in page.text


def test_no_live_button_at_home(client, garance, over):
    assert of(garance, "loisirs/effectuer-une-transaction/") not in main(client.get(of(garance)).text)


def test_why_there_is_no_button_to_cancel(client, garance, ticket):
    """family.md 12: « Annuler » vanished without a reason."""
    said = f"Ne s’annule plus depuis le {days(-1):%d/%m/%Y}"

    assert said in client.get(of(garance, f"loisirs/transactions/{ticket.number}/")).text


def test_why_a_ticket_cannot_be_cancelled(client, garance, ticket):
    """family.md 12: « ne peut plus être annulé », and no reason."""
    page = client.get(of(garance, f"loisirs/transactions/{ticket.number}/annuler/"), follow=True)
    assert f"pouvait être annulé jusqu’au {days(-1):%d/%m/%Y}" in page.text

    Ticket.objects.update(state="cancelled", cancelled_at=ticket.created_at, cancelled_by=ticket.order.actor)
    page = client.get(of(garance, f"loisirs/transactions/{ticket.number}/annuler/"), follow=True)
    assert "Seul un ticket «\N{NO-BREAK SPACE}Non utilisé\N{NO-BREAK SPACE}»" in page.text


def main(text):
    return text.partition("<main")[2].partition("</main>")[0]


def close_credit():
    close_campaign(campaign_id=Campaign.objects.get().pk, limit=10, actor=make_agent())
