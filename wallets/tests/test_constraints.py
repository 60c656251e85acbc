"""What the database itself refuses of wallets and entries."""

from contextlib import nullcontext
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from wallets.models import Entry, Nature, Wallet
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


def test_a_negative_balance(refused_by):
    make_wallet("60")
    with refused_by("wallets_wallet_balance_is_not_negative"):
        Wallet.objects.update(balance=Decimal("-0.01"))


def test_a_second_wallet_of_the_same_kind(refused_by):
    wallet = make_wallet()
    with refused_by("wallets_wallet_once"):
        Wallet.objects.create(beneficiary=wallet.beneficiary, campaign=wallet.campaign, kind=wallet.kind)


def test_a_third_kind_of_wallet(refused_by):
    make_wallet()
    with refused_by("wallets_wallet_kind_is_known"):
        Wallet.objects.update(kind="loisir")


def test_the_same_grant_twice(refused_by):
    wallet = make_wallet()
    with refused_by("wallets_entry_granted_once"):
        wallet.entries.create(amount=1, nature=Nature.GRANT, label="Dotation", grant_key="test")


def test_an_entry_of_nothing(refused_by):
    with refused_by("wallets_entry_amount_is_not_zero"):
        make_wallet().entries.create(amount=0, nature=Nature.CORRECTION, grant_key="k", label="Rien")


def test_an_entry_reversed_twice(refused_by):
    wallet = make_wallet()
    entry = wallet.entries.get()
    undone = {"amount": -60, "nature": Nature.RETURN, "label": "Annulé", "reverses": entry}
    wallet.entries.create(**undone)
    with refused_by("wallets_entry_reverses_id_key"):
        wallet.entries.create(**undone)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("wallets_entry_nature_is_known", {"nature": "gift", "amount": 1}),
        ("wallets_entry_sign_fits_nature", {"nature": Nature.SPENDING, "amount": 1}),
        ("wallets_entry_sign_fits_nature", {"nature": Nature.LAPSE, "amount": 1}),
        ("wallets_entry_return_reverses", {"nature": Nature.RETURN, "amount": 1}),
        ("wallets_entry_given_once", {"nature": Nature.GRANT, "amount": 1}),
        ("wallets_entry_given_once", {"nature": Nature.CORRECTION, "amount": -1}),
        ("wallets_entry_given_once", {"nature": Nature.SPENDING, "amount": -1, "grant_key": "k"}),
    ],
)
def test_an_entry_that_is_not_what_it_says(refused_by, name, fields):
    with refused_by(name):
        make_wallet().entries.create(label="Écriture", **fields)


def test_an_entry_that_reverses_without_being_a_return(refused_by):
    wallet = make_wallet()
    with refused_by("wallets_entry_return_reverses"):
        wallet.entries.create(
            amount=-60, nature=Nature.SPENDING, label="Ticket", reverses=wallet.entries.get()
        )


@pytest.mark.parametrize(
    "sql", ["UPDATE wallets_entry SET amount = 1", "DELETE FROM wallets_entry"], ids=["update", "delete"]
)
def test_sql_that_goes_round_the_model(sql):
    """PostgreSQL has a trigger against it; SQLite is for trials, and has none."""
    make_wallet()
    refused = pytest.raises(IntegrityError, match="wallets_entry_is_append_only")
    with (
        refused if connection.vendor == "postgresql" else nullcontext(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)

    untouched = Entry.objects.filter(amount=60).exists()
    assert untouched == (connection.vendor == "postgresql")
