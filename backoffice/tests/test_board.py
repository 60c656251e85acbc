"""The first page of the administration says where things are."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from post_office.models import STATUS, Email

from accounts.tests.factories import make_beneficiary, make_user
from backoffice.figures import board
from backoffice.models import Import, Sort, Stage
from partners.models import Suggestion
from partners.tests.factories import make_commune, make_offer
from tickets import services
from tickets.figures import kept
from tickets.models import State, Ticket
from tickets.tests.factories import make_ticket
from wallets.campaigns import open_campaign
from wallets.models import Campaign, Kind
from wallets.tests.factories import make_campaign, make_closed_campaign, make_wallet

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def agent():
    return make_user(is_staff=True, is_superuser=True)


def test_the_money_of_each_kind(agent):
    wallet = make_wallet("60", kind=Kind.CULTURE)
    used = make_ticket("10", wallet=wallet)
    services.use(ticket_id=used.pk, actor=agent, offer_id=make_offer(kind=Kind.CULTURE).pk)
    make_ticket("15", wallet=wallet)
    cancelled = make_ticket("5", wallet=wallet)
    services.cancel(ticket_id=cancelled.pk, actor=agent)

    [(campaign, sums)] = board.counted(timezone.localdate()).campaigns

    assert campaign == wallet.campaign
    culture = {one.kind: one for one in sums}["Culture"]
    assert [culture.credited, culture.on_tickets, culture.used, culture.left] == [60, 15, 10, 35]
    assert culture.gap == 0
    assert {one.kind: one.left for one in sums}["Sport"] == Decimal(0)


def test_a_ticket_whose_last_day_was_put_off_is_money_on_a_ticket_again(agent):
    """code.md 3.10: at once, before the night takes its mark off."""
    ticket = make_ticket("15", wallet=make_wallet("60"))
    Ticket.objects.filter(pk=ticket.pk).update(state=State.EXPIRED, expired_at=timezone.now())

    [(_, sums)] = board.counted(timezone.localdate()).campaigns
    assert sum(one.on_tickets for one in sums) == 15


def test_a_campaign_whose_tickets_are_over_is_no_longer_there():
    make_closed_campaign(last_validation_on=timezone.localdate() - dt.timedelta(days=1))

    assert board.counted(timezone.localdate()).campaigns == []


def test_weeks_without_tickets_are_weeks_too():
    for day, number in ((dt.date(2026, 11, 24), 2), (dt.date(2026, 11, 15), 1), (dt.date(2026, 1, 1), 4)):
        for _ in range(number):
            ticket = make_ticket()
            noon = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
            Ticket.objects.filter(pk=ticket.pk).update(created_at=noon)

    weeks = board.counted(TODAY).weeks

    assert len(weeks) == board.WEEKS
    assert [(week.tickets, week.height) for week in weeks[-3:]] == [(1, 25), (0, 0), (2, 50)]
    assert weeks[-1].monday == dt.date(2026, 11, 23)
    assert sum(week.tickets for week in weeks) == 3


def test_a_ticket_of_sunday_night_is_of_that_week():
    ticket = make_ticket()
    sunday = timezone.make_aware(dt.datetime.combine(dt.date(2026, 11, 22), dt.time(23, 59)))
    Ticket.objects.filter(pk=ticket.pk).update(created_at=sunday)

    assert [week.tickets for week in board.counted(TODAY).weeks[-2:]] == [1, 0]


def test_what_waits_for_somebody(agent):
    today = timezone.localdate()
    assert list(board.waiting(agent, today)) == []
    campaign = make_campaign()
    make_beneficiary(user=make_user(password=None))
    over = make_closed_campaign()
    make_wallet("12", campaign=over)
    Suggestion.objects.create(name="Club", commune=make_commune(), activity="échecs")
    Email.objects.create(from_email="nous@pass.example", to=["a@b.example"], status=STATUS.failed)

    for does_something in (True, False):
        fields = {"sort": Sort.DIRECTORY, "stage": Stage.READY, "report": {"does_something": does_something}}
        Import.objects.create(name="clubs.csv", owner=agent, **fields)
    told = {one.what: one.count for one in board.waiting(agent, today)}

    assert told == {
        "import à relire": 1,
        "compte à inviter": 1,
        "enfants sans responsable légal": 2,
        "organisme proposé par une famille": 1,
        f"enfants inscrits sans porte-monnaie dans la campagne {campaign}": 2,
        f"porte-monnaie à vider, campagne {over}": 1,
        "e-mail abandonné": 1,
    }

    open_campaign(campaign_id=campaign.pk, limit=10, actor=agent)
    assert "enfants inscrits" not in str([one.what for one in board.board(agent)["waiting"]])


@pytest.mark.parametrize(("role", "is_shown"), [("téléconseiller", False), ("gestionnaire", True)])
def test_each_agent_is_told_of_what_it_may_do(client, enter, role, is_shown):
    """Who only answers calls begins with the search."""
    make_campaign()
    make_beneficiary()
    make_ticket()
    agent = make_user(is_staff=True)
    agent.groups.add(Group.objects.get(name=role))
    enter(agent)
    page = client.get(reverse("admin:index"), follow=True).text

    assert ("Tickets créés par semaine" in page) == is_shown
    assert ("enfants inscrits sans porte-monnaie" in page) == is_shown


def test_who_has_no_role_is_shown_nothing(client, enter):
    make_ticket()
    enter(make_user(is_staff=True))

    assert "Tickets créés" not in client.get(reverse("admin:index")).text


def test_few_queries(client, enter, agent, django_assert_max_num_queries):
    """admin.md § 3: home, of which everything is kept or counted at once."""
    for _ in range(5):
        make_ticket(offer=make_offer(kind=Kind.CULTURE))
    for campaign in Campaign.objects.all():
        kept.count_and_keep(campaign.pk)
    enter(agent)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("admin:index")).text

    assert f"Sommes et tickets au {timezone.localdate():%d/%m/%Y}" in page
    assert f"Enfants et comptes au {timezone.localdate():%d/%m/%Y}" in page


def test_what_all_children_are_read_for_is_kept(client, enter, agent):
    """admin.md § 3: home was four times slower among a million tickets than among ten thousand."""
    campaign = make_campaign()
    make_beneficiary()
    kept.count_and_keep(campaign.pk)
    make_beneficiary()
    enter(agent)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("admin:index")).text

    whole = ("accounts_beneficiary", "accounts_guardianship", 'wallets_wallet" U')
    assert [query["sql"] for query in asked if any(table in query["sql"] for table in whole)] == []
    assert "<b>1</b> enfant inscrit sans porte-monnaie dans la campagne" in page

    kept.count_and_keep(campaign.pk)
    assert "<b>2</b> enfants inscrits sans porte-monnaie" in client.get(reverse("admin:index")).text


def test_without_a_campaign_people_wait_too(agent):
    make_beneficiary(user=make_user(password=None))

    told = {one.what: one.count for one in board.waiting(agent, timezone.localdate())}
    assert told == {"compte à inviter": 1, "enfant sans responsable légal": 1}
