"""Each act of a campaign has its opposite, by entries that reverse entries."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.erasure import anonymise_children
from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary, make_user
from wallets import campaigns, formulas, services, supplements
from wallets.exceptions import (
    CampaignHasTickets,
    CampaignOver,
    InsufficientFunds,
    OpeningUndone,
    SupplementGranted,
    SupplementNotGranted,
    SupplementSpent,
)
from wallets.models import Entry, Kind, Nature, Wallet
from wallets.reading import breakdowns
from wallets.tests.factories import days, make_campaign, make_closed_campaign, make_wallet, spend

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return make_user(is_staff=True)


@pytest.fixture
def campaign():
    return make_campaign()


def run(do, campaign, agent, limit=10):
    return do(campaign_id=campaign.pk, limit=limit, actor=agent)


def balances():
    assert not Wallet.objects.out_of_balance().exists()
    assert not Entry.objects.ill_reversed().exists()
    return sorted(Wallet.objects.values_list("kind", "balance"))


# --- Opening and its undo ---------------------------------------------------------------------


def test_an_opening_is_undone_and_the_campaign_opens_anew(agent, campaign):
    """admin.md 3: 620 € each instead of 60, and the only repair was wallet by wallet."""
    make_beneficiary()
    campaign.larger_share = Decimal(600)
    campaign.save(update_fields=["larger_share"])
    assert run(campaigns.open_campaign, campaign, agent) == (1, 620)

    assert run(campaigns.undo_opening, campaign, agent) == (2, 620)
    assert balances() == [("culture", 0), ("sport", 0)]
    assert run(campaigns.undo_opening, campaign, agent) == (0, 0)

    campaign.larger_share = Decimal(60)
    campaign.save(update_fields=["larger_share"])
    assert run(campaigns.open_campaign, campaign, agent) == (1, 80)
    assert run(campaigns.open_campaign, campaign, agent) == (0, 0)
    assert balances() == [("culture", 20), ("sport", 60)]
    assert Wallet.objects.count() == 2


def test_the_undo_takes_all_that_was_given(agent, campaign):
    child = make_beneficiary()
    run(campaigns.open_campaign, campaign, agent)
    formulas.switch_formula(
        beneficiary_id=child.pk, campaign_id=campaign.pk, preferred=Kind.CULTURE, actor=agent
    )
    supplements.grant_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    sport = child.wallets.get(kind=Kind.SPORT)
    services.correct(wallet_id=sport.pk, amount=Decimal(-3), key=uuid4(), actor=agent)

    assert run(campaigns.undo_opening, campaign, agent) == (2, 97)
    assert balances() == [("culture", 0), ("sport", 0)]
    assert [one.granted for one in breakdowns(child.wallets.all())] == [0, 0]

    run(campaigns.open_campaign, campaign, agent)
    formulas.switch_formula(
        beneficiary_id=child.pk, campaign_id=campaign.pk, preferred=Kind.CULTURE, actor=agent
    )
    supplements.grant_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    assert balances() == [("culture", 70), ("sport", 30)]


def test_no_undo_once_a_ticket_was_made(agent, campaign):
    make_beneficiary()
    spending = make_beneficiary()
    run(campaigns.open_campaign, campaign, agent)
    spend(spending.wallets.get(kind=Kind.SPORT), "10")

    with pytest.raises(CampaignHasTickets):
        run(campaigns.undo_opening, campaign, agent, limit=1)
    assert not Entry.objects.filter(nature=Nature.UNDONE).exists()


def test_a_wallet_whose_opening_is_undone_is_given_nothing_else(agent, campaign):
    child = make_beneficiary()
    run(campaigns.open_campaign, campaign, agent)
    run(campaigns.undo_opening, campaign, agent)

    with pytest.raises(OpeningUndone):
        supplements.grant_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    with pytest.raises(OpeningUndone):
        services.correct(wallet_id=child.wallets.first().pk, amount=Decimal(5), key=uuid4(), actor=agent)


def test_who_left_meanwhile_is_not_given_it_again(agent, campaign):
    child = make_beneficiary()
    run(campaigns.open_campaign, campaign, agent)
    run(campaigns.undo_opening, campaign, agent)
    Beneficiary.objects.filter(pk=child.pk).update(is_enrolled=False)

    assert run(campaigns.open_campaign, campaign, agent) == (0, 0)


def test_an_undone_wallet_is_empty(refused_by):
    make_wallet("60")
    with refused_by("wallets_wallet_undone_is_empty"):
        Wallet.objects.update(undone_at="2026-11-28T00:00Z")


def test_a_campaign_that_is_over_opens_no_more(agent):
    make_beneficiary()
    with pytest.raises(CampaignOver):
        run(campaigns.open_campaign, make_closed_campaign(), agent)


@pytest.mark.parametrize("fields", [{"is_enrolled": False}, None], ids=["struck off", "erased"])
def test_who_is_struck_off_or_erased_meanwhile_is_given_nothing(agent, campaign, monkeypatch, fields):
    """code.md 3.19: the list of children was read before the transaction, and never again."""
    child, lock = make_beneficiary(), campaigns._lock_children

    def meanwhile(ids):
        if fields:
            Beneficiary.objects.filter(pk=child.pk).update(**fields)
        else:
            with transaction.atomic():
                anonymise_children([child.pk], refuse_again=False)
        lock(ids)

    monkeypatch.setattr(campaigns, "_lock_children", meanwhile)

    assert run(campaigns.open_campaign, campaign, agent) == (0, 0)
    assert not Wallet.objects.exists()


# --- Closing and its opposite -----------------------------------------------------------------


def test_a_closing_is_taken_back_once(agent):
    """admin.md 2: one typo in a date ended a campaign for good."""
    campaign = make_closed_campaign()
    for balance in ("12.50", "60"):
        make_wallet(balance, campaign=campaign)
    other = make_wallet("30", campaign=make_closed_campaign())
    run(campaigns.close_campaign, campaign, agent)
    run(campaigns.close_campaign, other.campaign, agent)

    done = [run(campaigns.reopen_campaign, campaign, agent, limit=1) for _ in range(3)]

    assert [number for number, _ in done] == [1, 1, 0]
    assert sum(moved for _, moved in done) == Decimal("72.50")
    assert [balance for _, balance in balances()] == [0, Decimal("12.50"), 60]
    assert run(campaigns.close_campaign, campaign, agent) == (2, Decimal("72.50"))
    assert run(campaigns.reopen_campaign, campaign, agent) == (2, Decimal("72.50"))


def test_two_closings_are_taken_back_together(agent):
    """A late cancellation brought money back, which lapsed too."""
    campaign = make_campaign(last_ticket_on=days(-1), last_cancellation_on=days(5))
    wallet = make_wallet("60", campaign=campaign)
    [entry] = spend(wallet, "10")
    run(campaigns.close_campaign, campaign, agent)
    services.reverse(entry_id=entry.pk, label="Ticket annulé", actor=agent)
    run(campaigns.close_campaign, campaign, agent)

    assert run(campaigns.reopen_campaign, campaign, agent) == (1, 60)
    assert balances() == [("culture", 60)]


@pytest.mark.parametrize("given_up", [True, False])
def test_nobody_who_was_erased_is_given_anything(agent, given_up):
    campaign = make_closed_campaign()
    wallet = make_wallet("60", campaign=campaign)
    if given_up:
        services.give_up(beneficiary_id=wallet.beneficiary_id, amount=Decimal(60), actor=agent)
    else:
        run(campaigns.close_campaign, campaign, agent)
        anonymise_children([wallet.beneficiary_id], refuse_again=False)

    assert run(campaigns.reopen_campaign, campaign, agent) == (0, 0)
    assert balances() == [("culture", 0)]


# --- The supplement ---------------------------------------------------------------------------


def test_a_supplement_is_taken_back_and_granted_again(agent, campaign):
    """admin.md 10: one given to the wrong child took two manual debits."""
    child = make_beneficiary()
    run(campaigns.open_campaign, campaign, agent)
    asked = {"beneficiary_id": child.pk, "campaign_id": campaign.pk, "actor": agent}
    with pytest.raises(SupplementNotGranted):
        supplements.take_back_supplement(**asked)
    for _ in range(2):
        supplements.grant_supplement(**asked)
        with pytest.raises(SupplementGranted):
            supplements.grant_supplement(**asked)
        assert balances() == [("culture", 30), ("sport", 70)]

        supplements.take_back_supplement(**asked)
        with pytest.raises(SupplementNotGranted):
            supplements.take_back_supplement(**asked)
        assert balances() == [("culture", 20), ("sport", 60)]


def test_a_supplement_that_is_spent_is_not_taken_back(agent, campaign):
    child = make_beneficiary()
    run(campaigns.open_campaign, campaign, agent)
    supplements.grant_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    spend(child.wallets.get(kind=Kind.CULTURE), "25")

    with pytest.raises(SupplementSpent, match="5,00"):
        supplements.take_back_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    assert balances() == [("culture", 5), ("sport", 70)]


# --- Corrections ------------------------------------------------------------------------------


def test_a_campaign_that_is_over_is_given_no_credit(agent):
    """admin.md 5: 10 € that nobody can spend."""
    wallet = make_wallet("60", campaign=make_closed_campaign())
    with pytest.raises(CampaignOver):
        services.correct(wallet_id=wallet.pk, amount=Decimal(10), key=uuid4(), actor=agent)
    with pytest.raises(InsufficientFunds):
        services.correct(wallet_id=wallet.pk, amount=Decimal(-61), key=uuid4(), actor=agent)

    services.correct(wallet_id=wallet.pk, amount=Decimal(-10), key=uuid4(), actor=agent)
    assert balances() == [("culture", 50)]


# --- What the database refuses ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("wallets_entry_return_reverses", {"nature": Nature.UNDONE, "amount": -1}),
        ("wallets_entry_return_reverses", {"nature": Nature.REVIVED, "amount": 1}),
        ("wallets_entry_sign_fits_nature", {"nature": Nature.REVIVED, "amount": -1}),
    ],
)
def test_an_opposite_of_nothing(refused_by, name, fields):
    wallet = make_wallet()
    reverses = wallet.entries.get() if "sign" in name else None
    with refused_by(name):
        wallet.entries.create(label="Écriture", reverses=reverses, **fields)


def test_the_same_lapse_given_back_twice(refused_by, agent):
    wallet = make_wallet("60", campaign=make_closed_campaign())
    [lapse] = services.lapse(wallet_ids=[wallet.pk], actor=agent)
    run(campaigns.reopen_campaign, wallet.campaign, agent)
    with refused_by("wallets_entry_reverses_id_key"):
        wallet.entries.create(amount=60, nature=Nature.REVIVED, label="Encore", reverses=lapse)


def test_a_ceiling_below_zero(refused_by):
    with refused_by("wallets_campaign_correction_ceiling_is_positive"):
        make_campaign(correction_ceiling=-1)


def test_an_opposite_that_is_none_is_found():
    wallet = make_wallet("60")
    wallet.entries.create(amount=-59, nature=Nature.UNDONE, label="Repris", reverses=wallet.entries.get())

    assert Entry.objects.ill_reversed().count() == 1
