"""Euros, tickets and children, by month, commune, collège, organisme or activity."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import School
from accounts.tests.factories import make_beneficiary
from backoffice.figures import statistics
from partners.models import Activity
from partners.tests.factories import make_offer
from tickets import services
from tickets.models import Figure, Ticket
from tickets.tests.factories import make_ticket
from wallets.campaigns import open_campaign
from wallets.models import Campaign, Kind
from wallets.tests.factories import days, make_campaign

from .places import ANTONY, SCEAUX, VANVES, told, wallets_of

PARIS = timezone.get_default_timezone()
pytestmark = pytest.mark.django_db


@pytest.fixture
def lived(populate, agent):
    """Forty children of Antony: sixteen with two tickets of one euro at a club, of which six used one; six
    with a ticket on paper, and six who cancelled theirs."""
    campaign = populate({ANTONY: 40})
    offer = make_offer("Théâtre", kind=Kind.CULTURE)
    culture = wallets_of(campaign, ANTONY, Kind.CULTURE)
    for wallet in culture[:16]:
        first, _ = (make_ticket("1", wallet=wallet, offer=offer) for _ in range(2))
        if wallet in culture[:6]:
            services.use(ticket_id=first.pk, actor=agent)
    for wallet in wallets_of(campaign, ANTONY, Kind.SPORT)[16:22]:
        make_ticket("2.50", wallet=wallet)
    for wallet in culture[30:36]:
        services.cancel(ticket_id=make_ticket("3", wallet=wallet).pk, actor=agent)
    return campaign


MADE = {"Enfants avec un ticket": 22, "Tickets créés": 38, "Créé, Sport": 15, "Créé, Culture": 32}
USED = {
    "Enfants qui en ont utilisé": 6,
    "Tickets utilisés": 6,
    "Utilisé, Sport": 0,
    "Utilisé, Culture": 6,
}
REST = {"Non utilisé": 41, "Annulé": 18}


def test_by_commune(lived):
    line = {"Inscrits": 40, "Dotés": 40, **MADE, **USED, **REST}

    assert told(lived) == {"Antony": line, "Ensemble": line}


def test_by_school(lived):
    name = School.objects.get().name

    assert told(lived, Figure.SCHOOL)[name] == told(lived)["Antony"]


@pytest.mark.parametrize("by", [Figure.PARTNER, Figure.ACTIVITY])
def test_by_where_it_was_spent(lived, by):
    """admin.md 29: no total by organisme anywhere, nor by activity."""
    lines = told(lived, by)
    partner = Ticket.objects.exclude(offer=None)[0].offer.partner
    club = f"{partner}, {partner.commune}" if by == Figure.PARTNER else "Théâtre"

    assert set(lines) == {club, "Papier, pas encore utilisé", "Ensemble"}
    assert lines[club] == {
        "Enfants avec un ticket": 16,
        "Tickets créés": 32,
        "Créé, Sport": 0,
        "Créé, Culture": 32,
        **USED,
        "Non utilisé": 26,
        # Six cancelled theirs on paper.
        "Annulé": 0,
    }
    paper = lines["Papier, pas encore utilisé"]
    assert (paper["Enfants avec un ticket"], paper["Créé, Sport"], paper["Annulé"]) == (6, 15, 18)
    assert lines["Ensemble"] == MADE | USED | REST


def test_a_child_of_two_clubs_is_one_in_all(populate):
    campaign = populate({ANTONY: 20})
    offers = [make_offer(name, kind=Kind.CULTURE) for name in ("Chant", "Danse")]
    for wallet in wallets_of(campaign, ANTONY, Kind.CULTURE)[:10]:
        for offer in offers:
            make_ticket("1", wallet=wallet, offer=offer)

    lines = told(campaign, Figure.ACTIVITY)
    assert [lines[name]["Enfants avec un ticket"] for name in ("Chant", "Danse", "Ensemble")] == [10, 10, 10]
    assert lines["Ensemble"]["Tickets créés"] == 20
    assert Activity.objects.count() == 2


def test_by_month(lived):
    """admin.md 38: what was made in a month, what was used in it, and what was cancelled."""
    moved = Ticket.objects.filter(state="used")
    used_at = dt.datetime(2026, 9, 30, 23, 30, tzinfo=PARIS)
    moved.update(used_at=used_at, created_at=used_at - dt.timedelta(days=30))
    rest = Ticket.objects.exclude(state="used")
    november = dt.datetime(2026, 11, 2, tzinfo=PARIS)
    rest.update(created_at=november)
    rest.filter(state="cancelled").update(cancelled_at=november)

    lines = told(lived, Figure.MONTH)

    assert list(lines) == ["août 2026", "septembre 2026", "novembre 2026", "Ensemble"]
    assert lines["août 2026"]["Créé, Culture"] == 6
    # In Paris it is still September.
    assert lines["septembre 2026"] == dict.fromkeys(MADE, 0) | USED | {"Annulé": 0}
    assert (lines["novembre 2026"]["Tickets créés"], lines["novembre 2026"]["Annulé"]) == (32, 18)
    assert lines["Ensemble"] == MADE | USED | {"Annulé": 18}


def test_a_place_that_is_none_of_ours_is_told_by_its_code(populate):
    assert "75056" in told(populate({"75056": 6}))


def test_who_is_no_longer_enrolled_is_not(populate):
    campaign = populate({ANTONY: 6})
    make_beneficiary(insee_code=ANTONY, is_enrolled=False)

    assert told(campaign)["Antony"]["Inscrits"] == 6


@pytest.fixture
def before(lived, agent):
    """The season before, which the same forty children had: at this day of it ten had used a ticket of two
    euros, and ten more did so a month later."""
    before = make_campaign(opens_on=days(-465), last_cancellation_on=days(200))
    open_campaign(campaign_id=before.pk, limit=1000, actor=agent)
    offer = make_offer("Chorale", kind=Kind.CULTURE)
    for number, wallet in enumerate(wallets_of(before, ANTONY, Kind.CULTURE)[:20]):
        ticket = make_ticket("2", wallet=wallet, offer=offer)
        services.use(ticket_id=ticket.pk, actor=agent)
        moment = timezone.now() - dt.timedelta(days=366 if number < 10 else 330)
        Ticket.objects.filter(pk=ticket.pk).update(created_at=moment, used_at=moment)
    return before


def test_the_same_day_of_the_season_before(lived, before):
    _, comparison = statistics.table(lived, Figure.COMMUNE)
    measures = {one.name: (one.now, one.then, one.whole) for one in comparison.measures}

    assert comparison.previous == before
    assert comparison.day == days(-365)
    assert measures["Utilisé, Culture"] == (6, 20, 40)
    assert measures["Enfants avec un ticket"] == (22, 10, 20)
    [name] = [name for name in told(lived)["Antony"] if name.startswith(f"Utilisé, {before} au")]
    assert told(lived)["Antony"][name] == 20


def test_a_season_that_is_over_is_told_whole(before):
    ended = ("last_ticket_on", "last_cancellation_on", "last_validation_on")
    Campaign.objects.filter(pk=before.pk).update(**dict.fromkeys(ended, days(-1)))
    earlier = make_campaign(opens_on=days(-900), last_ticket_on=days(-500), last_cancellation_on=days(-500))
    before.refresh_from_db()

    _, comparison = statistics.table(before, Figure.COMMUNE)

    assert (comparison.previous, comparison.day) == (earlier, None)
    assert [one.then for one in comparison.measures] == [None] * 9


def test_as_many_queries_for_many_communes(populate, django_assert_num_queries):
    campaign = populate({ANTONY: 2, SCEAUX: 2, VANVES: 2})
    with django_assert_num_queries(14):
        statistics.table(campaign, Figure.COMMUNE)
