"""Each euro of a campaign is somewhere, and a page says where, for ever."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer
from tickets import expiry, services
from tickets.figures import sums
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets import campaigns, supplements
from wallets import services as wallets
from wallets.models import Campaign, Kind, LateCancellation, Wallet
from wallets.tests.factories import days, make_campaign, make_closed_campaign, make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return make_user(is_staff=True, is_superuser=True)


def told(campaign, kind="Culture"):
    campaign.refresh_from_db()
    of_kinds = sums.of(sums.count(campaign)["kinds"], campaign, timezone.localdate())
    of_kind = {one.kind: one for one in of_kinds}[kind]
    return {name: getattr(of_kind, name) for name in sums.COLUMNS if getattr(of_kind, name)}


@pytest.fixture
def lived(agent):
    """A campaign that has seen everything: 95 € given, of which 3 lost with a ticket."""
    campaign = make_campaign(late_cancellation=LateCancellation.FORFEITS)
    wallet = make_wallet("60", campaign=campaign)
    for amount in (40, -5):
        wallets.correct(wallet_id=wallet.pk, amount=Decimal(amount), key=uuid4(), actor=agent)
    make_ticket("7", wallet=wallet)
    used, back, lost = (make_ticket(amount, wallet=wallet) for amount in ("10", "5", "3"))
    services.use(ticket_id=used.pk, actor=agent, offer_id=make_offer(kind=Kind.CULTURE).pk)
    services.cancel(ticket_id=back.pk, actor=agent)
    Campaign.objects.filter(pk=campaign.pk).update(last_ticket_on=days(-1), last_cancellation_on=days(-1))
    services.cancel(ticket_id=lost.pk, actor=agent, accept_loss=True)
    campaign.refresh_from_db()
    return campaign


def test_before_it_is_closed(lived):
    assert told(lived) == {"credited": 95, "left": 75, "on_tickets": 7, "used": 10, "lost": 3}


def test_after_it_is_closed(lived, agent):
    """admin.md 6: 1 730 445 € were nowhere."""
    campaigns.close_campaign(campaign_id=lived.pk, limit=10, actor=agent)
    assert told(lived) == {"credited": 95, "lapsed": 75, "on_tickets": 7, "used": 10, "lost": 3}

    campaigns.reopen_campaign(campaign_id=lived.pk, limit=10, actor=agent)
    assert told(lived) == {"credited": 95, "left": 75, "on_tickets": 7, "used": 10, "lost": 3}


@pytest.mark.parametrize("marked", [True, False])
def test_when_its_tickets_have_expired(lived, agent, marked):
    campaigns.close_campaign(campaign_id=lived.pk, limit=10, actor=agent)
    Campaign.objects.filter(pk=lived.pk).update(last_validation_on=days(-1))
    if marked:
        expiry.expire(today=timezone.localdate())

    assert told(lived) == {"credited": 95, "lapsed": 75, "expired": 7, "used": 10, "lost": 3}
    Campaign.objects.filter(pk=lived.pk).update(last_validation_on=days(1))
    assert told(lived) == {"credited": 95, "lapsed": 75, "on_tickets": 7, "used": 10, "lost": 3}


def test_an_opening_that_was_undone_has_given_nothing(agent):
    campaign = make_campaign()
    make_beneficiary()
    campaigns.open_campaign(campaign_id=campaign.pk, limit=10, actor=agent)
    assert told(campaign, "Sport") == {"credited": 60, "left": 60}

    campaigns.undo_opening(campaign_id=campaign.pk, limit=10, actor=agent)
    assert told(campaign, "Sport") == {}


@pytest.mark.parametrize("source", ["wallet", "ticket"])
def test_what_does_not_agree_shows(lived, source):
    """The control: the sources know nothing of each other."""
    if source == "wallet":
        Wallet.objects.filter(campaign=lived).update(balance=70)
    else:
        Ticket.objects.filter(wallet__campaign=lived, amount=7).update(amount=12)

    assert told(lived)["gap"] == (5 if source == "wallet" else -5)


def test_every_campaign_for_ever(client, enter, agent, lived, django_assert_num_queries):
    old = make_closed_campaign(name="2019-2020", opens_on=days(-900), last_validation_on=days(-1))
    make_wallet("12", campaign=old)
    campaigns.close_campaign(campaign_id=old.pk, limit=10, actor=agent)
    enter(agent)

    page = client.get(reverse("admin:sums")).text

    assert "Campagne 2019-2020" in page
    # Sport, Culture and both, of two campaigns.
    assert page.count("✔ juste\N{NO-BREAK SPACE}: 0,00\N{NO-BREAK SPACE}€") == 6
    assert "faux" not in page
    with django_assert_num_queries(3):
        sums.count(old)


def test_a_gap_is_seen_on_the_page(client, enter, agent, lived):
    Wallet.objects.filter(campaign=lived).update(balance=70)
    enter(agent)

    page = client.get(reverse("admin:sums")).text

    assert page.count("✘ faux\N{NO-BREAK SPACE}: 5,00\N{NO-BREAK SPACE}€") == 2
    assert page.count("✔ juste\N{NO-BREAK SPACE}: 0,00\N{NO-BREAK SPACE}€") == 1


def test_what_was_credited_is_told_apart(agent):
    """admin.md 6: grants, supplements and corrections, each less what was taken back."""
    campaign = make_campaign()
    one, other = make_beneficiary(), make_beneficiary()
    campaigns.open_campaign(campaign_id=campaign.pk, limit=10, actor=agent)
    for child in (one, other):
        supplements.grant_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    supplements.take_back_supplement(beneficiary_id=one.pk, campaign_id=campaign.pk, actor=agent)
    supplements.grant_supplement(beneficiary_id=one.pk, campaign_id=campaign.pk, actor=agent)
    supplements.take_back_supplement(beneficiary_id=one.pk, campaign_id=campaign.pk, actor=agent)
    sport = Wallet.objects.get(beneficiary=one, kind=Kind.SPORT)
    for amount in (40, -5):
        wallets.correct(wallet_id=sport.pk, amount=Decimal(amount), key=uuid4(), actor=agent)

    [both] = [sums.both(sums.of(sums.count(campaign)["kinds"], campaign, timezone.localdate()))]
    assert [both.granted, both.supplements, both.corrections] == [160, 20, 35]
    assert [both.credited, both.left, both.gap] == [215, 215, 0]

    campaigns.undo_opening(campaign_id=campaign.pk, limit=10, actor=agent)
    both = sums.both(sums.of(sums.count(campaign)["kinds"], campaign, timezone.localdate()))
    assert [both.granted, both.supplements, both.corrections, both.left] == [0, 0, 0, 0]


def test_the_board_tells_of_the_corrections_of_a_day(client, enter, agent):
    """security.md F8: nobody was told of a correction but the family."""
    wallet = make_wallet("60")
    enter(agent)
    assert "Corrections depuis" not in client.get(reverse("admin:index")).text
    wallets.correct(wallet_id=wallet.pk, amount=Decimal(5000), key=uuid4(), actor=agent)

    assert (
        "1, 5\N{NO-BREAK SPACE}000,00\N{NO-BREAK SPACE}€ crédités" in client.get(reverse("admin:index")).text
    )
