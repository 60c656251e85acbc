"""What the database refuses of opposite entries."""

import pytest

from wallets import campaigns, services
from wallets.models import Entry, Nature
from wallets.tests.factories import make_campaign, make_closed_campaign, make_wallet

from .batches import run

pytestmark = pytest.mark.django_db


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
