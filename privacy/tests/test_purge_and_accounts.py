"""The purge leaves every sum as it is, and can be tried, repeated and cut into batches."""

import pytest
from django.core.management import call_command
from django.db.models import Sum
from django.utils import timezone

from accounts.audit import Action, AuditEntry
from accounts.models import Beneficiary, User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.figures import board, statistics
from partners.tests.factories import make_commune, make_offer
from privacy.retention import sweeps
from tickets import services
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Campaign, Entry, Kind, Wallet
from wallets.tests.factories import make_campaign, make_wallet

from .leaving import end, kept_for_days, make_old_user

pytestmark = pytest.mark.django_db


def a_department():
    """Children of two campaigns with tickets in every state, some of whom are to go."""
    agent, offer = make_user(is_staff=True), make_offer(kind=Kind.CULTURE)
    commune = make_commune()
    old, new = make_campaign(), make_campaign()
    for number in range(7):
        parent = make_user()
        child = make_beneficiary(parent, is_enrolled=False, insee_code=commune.insee_code)
        for campaign in [old, *([new] if number > 4 else [])]:
            wallet = make_wallet("60", beneficiary=child, campaign=campaign)
            used, cancelled, _ = (make_ticket("10", wallet=wallet, actor=parent) for _ in range(3))
            services.use(ticket_id=used.pk, actor=agent, offer_id=offer.pk)
            services.cancel(ticket_id=cancelled.pk, actor=parent)
    end(old, days_ago=kept_for_days() + 1)
    return old, new


def the_money():
    """All that could tell a euro: each row of the ledger, each balance, the state of each ticket."""
    return (
        list(Entry.objects.order_by("pk").values()),
        list(Wallet.objects.order_by("pk").values()),
        list(Ticket.objects.order_by("pk").values()),
        Entry.objects.values("nature").order_by("nature").annotate(Sum("amount")),
    )


def the_figures():
    tables = [
        [(line.name, line.cells) for line in statistics.table(campaign, by)[0].lines]
        for campaign in Campaign.objects.order_by("pk")
        for by in statistics.BY
    ]
    counted = board.counted(timezone.localdate())
    return tables, counted.campaigns, counted.weeks


def test_every_sum_every_ticket_and_every_statistic_is_the_same(purge):
    a_department()
    money, figures = [list(part) for part in the_money()], the_figures()
    assert purge()["Enfants anonymisés"] == 5

    assert [list(part) for part in the_money()] == money
    assert the_figures() == figures
    call_command("check_ledger")


def test_a_dry_run_says_what_a_run_does_and_does_nothing(purge):
    a_department()
    make_old_user()
    before = list(User.objects.order_by("pk").values()), list(Beneficiary.objects.order_by("pk").values())
    said = purge(dry_run=True)

    assert (
        list(User.objects.order_by("pk").values()),
        list(Beneficiary.objects.order_by("pk").values()),
    ) == before
    assert said["Enfants anonymisés"] == 5
    assert said["Comptes de familles anonymisés"] == 6
    assert purge() == said


def test_twice_does_it_once(purge):
    a_department()
    purge()
    after = list(User.objects.order_by("pk").values()), list(Beneficiary.objects.order_by("pk").values())

    assert set(purge().values()) == {0}
    assert (
        list(User.objects.order_by("pk").values()),
        list(Beneficiary.objects.order_by("pk").values()),
    ) == after


def test_in_batches_all_the_same(purge, monkeypatch):
    monkeypatch.setattr(sweeps, "AT_ONCE", 2)
    a_department()

    assert purge()["Enfants anonymisés"] == 5
    told = AuditEntry.objects.filter(action=Action.ERASED).order_by("pk")
    assert [line.subject for line in told] == [
        *("2 comptes", "2 comptes", "1 compte"),
        *("2 enfants", "2 enfants", "1 enfant"),
    ]
