"""60/20 or 20/60: the family chooses until its first ticket."""

from decimal import Decimal

import pytest

from accounts.tests.factories import make_user
from wallets import campaigns, formulas, services
from wallets.exceptions import FormulaSettled
from wallets.models import Entry, Kind, Wallet
from wallets.tests.factories import make_campaign
from wallets.tests.preferences import correct, opened, prefer, shares

pytestmark = pytest.mark.django_db


def test_there_and_back_as_often_as_one_likes():
    child = opened(preferred=Kind.CULTURE)
    seen = []
    for kind in (Kind.SPORT, Kind.CULTURE, Kind.SPORT):
        prefer(child, kind)
        seen.append(shares(child))

    assert seen == [(60, 20), (20, 60), (60, 20)]


def test_asked_twice_it_moves_once():
    child = opened(preferred=Kind.CULTURE)
    for _ in range(2):
        prefer(child, Kind.SPORT)

    assert shares(child) == (60, 20)
    assert Entry.objects.count() == 4


def test_the_supplement_stays_where_it_was_granted():
    child = opened(preferred=Kind.CULTURE)
    services.grant(
        wallet_ids=[wallet.pk for wallet in child.wallets.all()],
        key="boursier",
        amount=Decimal(10),
        label="Supplément",
        actor=None,
    )
    prefer(child, Kind.SPORT)

    assert shares(child) == (70, 30)


def test_a_correction_does_not_change_which_share_is_the_larger():
    child = opened(preferred=Kind.SPORT)
    correct(child, Kind.CULTURE, "50")
    prefer(child, Kind.SPORT)

    assert shares(child) == (60, 70)


def test_what_an_agent_took_out_is_not_there_to_be_exchanged():
    child = opened(preferred=Kind.SPORT)
    correct(child, Kind.SPORT, "-50")

    with pytest.raises(FormulaSettled, match="Porte-monnaie Sport n’a plus assez de crédit"):
        prefer(child, Kind.CULTURE)
    assert shares(child) == (10, 20)


def test_another_child_and_another_campaign_stay_as_they_are():
    campaign = make_campaign()
    child, other = opened(campaign), opened(campaign)
    last_year = make_campaign()
    campaigns.open_wallets(
        beneficiary_ids=[child.pk], campaign_id=last_year.pk, preferred=Kind.CULTURE, actor=None
    )
    formulas.switch_formula(
        beneficiary_id=child.pk, campaign_id=campaign.pk, preferred=Kind.SPORT, actor=make_user()
    )

    balances = Wallet.objects.filter(kind=Kind.SPORT).values_list("beneficiary", "campaign", "balance")
    assert set(balances) == {
        (child.pk, campaign.pk, Decimal(60)),
        (other.pk, campaign.pk, Decimal(20)),
        (child.pk, last_year.pk, Decimal(20)),
    }


def test_equal_shares_have_nothing_to_exchange():
    child = opened(make_campaign(larger_share=40, smaller_share=40))
    prefer(child, Kind.SPORT)

    assert shares(child) == (40, 40)
    assert Entry.objects.count() == 2
