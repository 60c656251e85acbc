"""Children are counted, by commune or by collège."""

import pytest

from accounts.models import School
from accounts.tests.factories import make_beneficiary
from backoffice.figures import statistics
from partners.tests.factories import make_offer
from tickets import services
from tickets.tests.factories import make_ticket
from wallets.models import Kind

from .places import ANTONY, SCEAUX, VANVES, told, wallets_of

pytestmark = pytest.mark.django_db


def test_children_are_counted_not_tickets(populate, agent):
    campaign = populate({ANTONY: 16})
    offer = make_offer(kind=Kind.CULTURE)
    for wallet in wallets_of(campaign, ANTONY, Kind.CULTURE)[:7]:
        tickets = [make_ticket("1", wallet=wallet, offer=offer) for _ in range(2)]
        services.use(ticket_id=tickets[0].pk, actor=agent)
    cancelled = make_ticket("1", wallet=wallets_of(campaign, ANTONY, Kind.CULTURE)[9])
    services.cancel(ticket_id=cancelled.pk, actor=agent)

    assert list(told(campaign)["Antony"].values()) == [16, 16, 0, 0, 16, 7, 7]


def test_by_school(populate):
    School.objects.create(uai="0920002Y", name="Collège Voisin", insee_code=SCEAUX)
    campaign = populate({ANTONY: 6})

    assert told(campaign, "college")["Collège"]["Inscrits"] == 6


def test_a_place_that_is_none_of_ours_is_told_by_its_code(populate):
    assert "75056" in told(populate({"75056": 6}))


def test_who_is_no_longer_enrolled_is_not(populate):
    campaign = populate({ANTONY: 6})
    make_beneficiary(insee_code=ANTONY, is_enrolled=False)

    assert told(campaign)["Antony"]["Inscrits"] == 6


def test_as_many_queries_for_many_communes(populate, django_assert_num_queries):
    campaign = populate({ANTONY: 2, SCEAUX: 2, VANVES: 2})
    with django_assert_num_queries(8):
        statistics.table(campaign, "commune")
