"""A campaign is opened, its scholarships are granted, it is closed: each safe to run twice."""

from decimal import Decimal

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from wallets import campaigns, supplements
from wallets.exceptions import CampaignOver, CampaignStillOpen, NoSupplement, SupplementGranted
from wallets.models import Entry, Nature, Wallet
from wallets.tests.factories import make_campaign, make_closed_campaign, make_wallet, spend

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return make_user(is_staff=True)


def balances():
    return sorted(Wallet.objects.values_list("kind", "balance"))


def test_every_enrolled_child_gets_its_two_wallets_once(agent):
    campaign, child = make_campaign(), make_beneficiary()
    make_beneficiary(is_enrolled=False)

    given = [campaigns.open_campaign(campaign_id=campaign.pk, limit=10, actor=agent).number for _ in range(2)]

    assert given == [1, 0]
    assert balances() == [("culture", 20), ("sport", 60)]
    assert set(Wallet.objects.values_list("beneficiary", flat=True)) == {child.pk}


def test_batch_by_batch(agent):
    campaign = make_campaign()
    for _ in range(5):
        make_beneficiary()

    left = []
    while campaigns.open_campaign(campaign_id=campaign.pk, limit=2, actor=agent).number:
        left.append(campaigns.without_wallets(campaign.pk).count())

    assert left == [3, 1, 0]
    assert Wallet.objects.count() == 10


def test_who_enrols_later_is_given_them_the_next_time(agent):
    campaign = make_campaign()
    make_beneficiary()
    campaigns.open_campaign(campaign_id=campaign.pk, limit=10, actor=agent)
    make_beneficiary()

    assert campaigns.open_campaign(campaign_id=campaign.pk, limit=10, actor=agent).number == 1


def test_a_child_that_has_spent_keeps_what_it_has(agent):
    wallet = make_wallet("60")
    spend(wallet, "10", actor=agent)

    assert campaigns.open_campaign(campaign_id=wallet.campaign_id, limit=10, actor=agent).number == 0
    assert balances() == [("culture", 50)]


def test_two_agents_at_once_give_once(at_once):
    agent = make_user(is_staff=True)
    campaign = make_campaign()
    for _ in range(3):
        make_beneficiary()

    def opening():
        campaigns.open_campaign(campaign_id=campaign.pk, limit=10, actor=agent)

    assert at_once(opening, opening) == ["done", "done"]
    assert Entry.objects.count() == Wallet.objects.count() == 6
    assert Wallet.objects.out_of_balance().count() == 0


def test_closing_takes_what_is_left_once(agent):
    campaign = make_closed_campaign()
    for balance in ("12.50", "60"):
        make_wallet(balance, campaign=campaign)
    make_wallet("30")

    done = [campaigns.close_campaign(campaign_id=campaign.pk, limit=1, actor=agent).number for _ in range(3)]

    assert done == [1, 1, 0]
    lapses = Entry.objects.filter(nature=Nature.LAPSE).values_list("amount", flat=True)
    assert sorted(lapses) == [Decimal(-60), Decimal("-12.50")]
    assert sorted(Wallet.objects.values_list("balance", flat=True)) == [0, 0, 30]


def test_an_open_campaign_is_not_closed(agent):
    wallet = make_wallet("60")
    with pytest.raises(CampaignStillOpen):
        campaigns.close_campaign(campaign_id=wallet.campaign_id, limit=10, actor=agent)


def test_the_supplement_comes_once_on_each_wallet(agent):
    child, campaign = make_beneficiary(), make_campaign()
    campaigns.open_campaign(campaign_id=campaign.pk, limit=10, actor=agent)

    supplements.grant_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    with pytest.raises(SupplementGranted):
        supplements.grant_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)

    assert balances() == [("culture", 30), ("sport", 70)]


def test_no_supplement_when_nothing_can_be_bought_with_it(agent):
    wallet = make_wallet("60", campaign=make_closed_campaign())
    with pytest.raises(CampaignOver):
        supplements.grant_supplement(
            beneficiary_id=wallet.beneficiary_id, campaign_id=wallet.campaign_id, actor=agent
        )


def test_no_supplement_where_the_campaign_gives_none(agent):
    wallet = make_wallet("60", campaign=make_campaign(supplement=0))
    with pytest.raises(NoSupplement):
        supplements.grant_supplement(
            beneficiary_id=wallet.beneficiary_id, campaign_id=wallet.campaign_id, actor=agent
        )
