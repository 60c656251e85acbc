"""What was counted is kept, told with its moment, and counted again in time."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from tickets.figures import kept, sums
from tickets.models import Figure, KeptFigures
from tickets.tests.factories import make_ticket
from wallets.models import Campaign
from wallets.tests.factories import days, make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return make_ticket().wallet.campaign


def test_a_page_tells_what_is_kept_with_its_moment(client, enter, agent, campaign):
    kept.count_and_keep(campaign.pk)
    KeptFigures.objects.update(counted_at=dt.datetime(2026, 11, 3, 9, 5, tzinfo=dt.UTC))
    make_ticket("5", wallet=campaign.wallets.get())
    enter(agent)

    assert "au 03/11/2026 10:05" in client.get(reverse("admin:sums")).text
    [one] = kept.read([campaign], Figure.SUMS).values()
    assert one.figures["kinds"]["culture"]["unspent"] == 1000


def test_what_nobody_has_counted_is_counted_at_once(campaign):
    [one] = kept.read([campaign], Figure.SUMS).values()

    assert one.figures["kinds"]["culture"] == sums.count(campaign)["kinds"]["culture"]
    assert not KeptFigures.objects.exists()


def test_counting_again_replaces_it(campaign):
    kept.count_and_keep(campaign.pk)
    make_ticket("5", wallet=campaign.wallets.get())
    kept.count_and_keep(campaign.pk)

    assert KeptFigures.objects.count() == len(Figure)
    assert KeptFigures.objects.get(what=Figure.SUMS).figures["kinds"]["culture"]["unspent"] == 1500
    assert KeptFigures.objects.values("counted_at").distinct().count() == 1


@pytest.mark.parametrize(
    ("minutes", "is_over", "is_due"),
    [(14, False, False), (16, False, True), (16, True, False), (1450, True, True)],
)
def test_it_is_due_again(campaign, minutes, is_over, is_due):
    if is_over:
        Campaign.objects.update(
            last_ticket_on=days(-2), last_cancellation_on=days(-2), last_validation_on=days(-1)
        )
    assert list(kept.due()) == [campaign.pk]
    kept.count_and_keep(campaign.pk)
    KeptFigures.objects.update(counted_at=timezone.now() - dt.timedelta(minutes=minutes))

    assert list(kept.due()) == ([campaign.pk] if is_due else [])


def test_the_worker_counts_what_is_due(campaign):
    make_campaign(opens_on=days(-50))
    call_command("run_tasks", queue="files")

    assert KeptFigures.objects.count() == 2 * len(Figure)
    assert list(kept.due()) == []


def test_constraints(refused_by, campaign):
    row = {"campaign": campaign, "figures": {}, "counted_at": timezone.now()}
    KeptFigures.objects.create(what=Figure.SUMS, **row)
    with refused_by("tickets_keptfigures_once"):
        KeptFigures.objects.create(what=Figure.SUMS, **row)
    with refused_by("tickets_keptfigures_what_is_known"):
        KeptFigures.objects.create(what="rien", **row)
