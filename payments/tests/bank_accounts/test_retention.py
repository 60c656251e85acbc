"""Whole IBANs are kept as long as a payment may use them."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer
from payments import iban_keys
from payments.bank_accounts import retention, stopping
from payments.models import AccountState, BankAccount, Fate, Outcome, Payment
from payments.tests.factories import make_account, make_batch, make_use

from .accounts import make_asked, make_confirmed, make_organisme

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def forget(after):
    due = retention.due(timezone.now() + after)
    return retention.forget(list(due))


def test_one_that_was_refused():
    account = make_asked()
    stopping.refuse(account_id=account.pk, reason="x", actor=make_user())
    assert forget(retention.KEPT - DAY) == 0
    assert forget(retention.KEPT + DAY) == 1

    erased = BankAccount.objects.get(pk=account.pk)
    assert (erased.sealed_iban, erased.last4, erased.digest) == ("", account.last4, account.digest)
    assert erased.holder == "effacé"


def test_one_that_a_merge_replaced():
    account = make_confirmed()
    gone = timezone.now()
    BankAccount.objects.filter(pk=account.pk).update(state=AccountState.REPLACED, stopped_at=gone)

    assert forget(retention.KEPT - DAY) == 0
    assert forget(retention.KEPT + DAY) == 1


def test_whoever_was_paid_is_named_as_long_as_the_payment():
    offer, old, _ = make_two()
    BankAccount.objects.filter(pk=old.pk).update(holder="Ermengarde ZWYCK")
    payment = Payment.objects.create(
        batch=make_batch(), partner=offer.partner, account=old, legal_name="x", amount=0, tickets=0
    )
    Outcome.objects.create(payment=payment, fate=Fate.PAID, on=timezone.localdate(), actor=make_user())
    assert forget(0 * DAY) == 1

    old.refresh_from_db()
    assert (old.holder, old.sealed_iban) == ("Ermengarde ZWYCK", "")


def test_one_that_was_frozen_is_kept_for_an_inquiry():
    account = make_confirmed()
    stopping.freeze(account_id=account.pk, reason="x", actor=make_user())

    assert forget(retention.FROZEN_KEPT - DAY) == 0
    assert forget(retention.FROZEN_KEPT + DAY) == 1


def make_two():
    """The second of them serves for two hundred days."""
    offer = make_offer(partner=make_organisme())
    sealed = iban_keys.seal("FR76")
    old = make_account(offer.partner, sealed_iban=sealed)
    begins = timezone.localdate() - 200 * DAY
    return offer, old, make_account(offer.partner, sealed_iban=sealed, active_from=begins)


def test_one_that_another_replaced():
    _, old, new = make_two()
    assert forget(0 * DAY) == 1

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, old.sealed_iban) == (AccountState.REPLACED, "")
    assert (new.state, bool(new.sealed_iban)) == (AccountState.CONFIRMED, True)


def test_not_while_a_payment_on_it_waits():
    offer, old, new = make_two()
    BankAccount.objects.filter(pk=new.pk).update(active_from=timezone.localdate() + DAY)
    make_use(offer=offer)
    assert make_batch().payments.get().account == old
    BankAccount.objects.filter(pk=new.pk).update(active_from=timezone.localdate() - 200 * DAY)

    assert forget(0 * DAY) == 0


def test_the_one_in_force_is_kept():
    make_confirmed()

    assert forget(4000 * DAY) == 0
