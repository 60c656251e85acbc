"""60/20 or 20/60: the family chooses until its first ticket."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection

from accounts.tests.factories import make_beneficiary, make_user
from wallets import campaigns, formulas, services
from wallets.exceptions import FormulaSettled
from wallets.models import Campaign, Entry, Kind, Wallet, WalletQuerySet
from wallets.reading import breakdowns
from wallets.tests.factories import make_campaign, make_closed_campaign, spend

pytestmark = pytest.mark.django_db


def opened(campaign=None, *, preferred=Kind.CULTURE):
    campaign = campaign or make_campaign()
    child = make_beneficiary()
    campaigns.open_wallets(
        beneficiary_ids=[child.pk], campaign_id=campaign.pk, preferred=preferred, actor=None
    )
    return child


def prefer(child, kind):
    formulas.switch_formula(
        beneficiary_id=child.pk,
        campaign_id=Campaign.objects.get(wallets__beneficiary=child, wallets__kind=kind).pk,
        preferred=kind,
        actor=make_user(),
    )


def correct(child, kind, amount):
    wallet = child.wallets.get(kind=kind)
    services.correct(wallet_id=wallet.pk, amount=Decimal(amount), key=uuid4(), actor=make_user())


def shares(child):
    assert not Wallet.objects.out_of_balance().exists()
    wallets = {wallet.kind: wallet for wallet in child.wallets.all()}
    assert all(one.granted == one.wallet.balance for one in breakdowns(wallets.values()))
    return wallets[Kind.SPORT].balance, wallets[Kind.CULTURE].balance


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


@pytest.mark.parametrize("kind", Kind)
def test_the_first_ticket_settles_it_whichever_wallet_paid(kind):
    child = opened(preferred=Kind.CULTURE)
    spend(child.wallets.get(kind=kind), "10")

    with pytest.raises(FormulaSettled):
        prefer(child, Kind.SPORT)
    assert Entry.objects.filter(grant_key__startswith="formule-").count() == 0


def test_a_ticket_that_was_cancelled_has_settled_it_too():
    child = opened(preferred=Kind.CULTURE)
    [entry] = spend(child.wallets.get(kind=Kind.CULTURE), "10")
    services.reverse(entry_id=entry.pk, label="Ticket annulé", actor=make_user())

    with pytest.raises(FormulaSettled):
        prefer(child, Kind.SPORT)
    assert shares(child) == (20, 60)


def test_not_once_the_campaign_takes_no_more_tickets():
    child = opened(make_closed_campaign(), preferred=Kind.CULTURE)

    with pytest.raises(FormulaSettled, match="ne prend plus de tickets"):
        prefer(child, Kind.SPORT)


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


@pytest.mark.parametrize(
    ("locked", "outcomes"),
    [
        pytest.param(True, [["FormulaSettled", "done"], ["InsufficientFunds", "done"]], id="one waits"),
        # The control: were nothing locked, the database alone would keep the balance from going below 0.
        # On SQLite what writes is alone: it depends on who comes first whether the other sees it.
        pytest.param(
            False,
            [["IntegrityError", "done"]]
            if connection.vendor == "postgresql"
            else [["OperationalError", "done"], ["FormulaSettled", "done"]],
            id="without the lock only the database refuses",
        ),
    ],
)
def test_the_first_ticket_and_a_switch_at_once(at_once, meeting_before, without_lock, locked, outcomes):
    child = opened(preferred=Kind.CULTURE)
    meeting_before(WalletQuerySet, "update")
    if not locked:
        without_lock()

    seen = at_once(
        lambda: spend(child.wallets.get(kind=Kind.CULTURE), "60"), lambda: prefer(child, Kind.SPORT)
    )
    assert sorted(seen) in outcomes
    assert not Wallet.objects.out_of_balance().exists()
