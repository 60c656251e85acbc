"""An erasure, and somebody else at the same instant."""

from decimal import Decimal

import pytest
from django.db import connection, connections

from accounts import guardianship
from accounts.models import User
from accounts.tests.factories import make_beneficiary, make_user
from privacy import erasure
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Wallet
from wallets.tests.factories import make_wallet

from .erasing import is_gone

pytestmark = pytest.mark.django_db


def test_a_ticket_is_made_first_or_not_at_all(at_once):
    wallet = make_wallet("10", beneficiary=make_beneficiary(make_user()))
    actor = make_user(is_staff=True)
    outcomes = at_once(
        lambda: make_ticket("10", wallet=wallet, actor=actor),
        lambda: erasure.erase_child(beneficiary_id=wallet.beneficiary_id, giving_up=Decimal(10), actor=actor),
    )

    wallet.refresh_from_db()
    erased = is_gone(wallet.beneficiary)
    assert outcomes == (["InsufficientFunds", "done"] if erased else ["BalanceChanged", "done"])
    assert wallet.balance == 0
    assert not Wallet.objects.out_of_balance().exists()
    assert Ticket.objects.count() == (0 if erased else 1)


def test_with_a_parent_who_is_taken_away_nobody_waits_in_a_circle(at_once):
    parent = make_user()
    child = make_beneficiary(parent, make_user())
    actor = make_user(is_staff=True)
    outcomes = at_once(
        lambda: guardianship.remove(beneficiary_id=child.pk, user_id=parent.pk, may_be_last=True),
        lambda: erasure.erase_child(beneficiary_id=child.pk, giving_up=Decimal(0), actor=actor),
    )

    assert outcomes in (["done", "done"], ["NoSuchGuardian", "done"], ["InUse", "done"])


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_an_account_that_somebody_holds_is_not_waited_for():
    parent = make_user()
    child = make_beneficiary(parent)
    beside = connections.create_connection("default")
    try:
        with beside.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM accounts_user WHERE id = %s FOR KEY SHARE", [parent.pk])
        with pytest.raises(erasure.InUse):
            erasure.erase_child(beneficiary_id=child.pk, giving_up=Decimal(0), actor=make_user())
    finally:
        beside.close()

    assert not is_gone(child)
    assert User.objects.filter(anonymised_at=None).exists()
