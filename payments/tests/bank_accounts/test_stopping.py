"""Accounts that are refused, frozen by anybody who has the e-mail, and checked anew."""

import datetime as dt

import pytest
from django.core import signing
from django.utils import timezone

from accounts.exceptions import LinkOutOfUse
from accounts.tests.factories import make_user
from partners.tests.members import mails_to
from payments import accounts
from payments.bank_accounts import links, stopping
from payments.bank_accounts.exceptions import AccountMoved, AnotherIsPending
from payments.models import AccountState, BankAccount, Rules

from .accounts import OTHER_IBAN, call_back, confirm, make_asked, make_confirmed

pytestmark = pytest.mark.django_db


def token_of(account):
    return links.path(account).split("/")[-2]


def state_of(account):
    return BankAccount.objects.get(pk=account.pk).state


@pytest.mark.parametrize("made", [make_asked, lambda: call_back(make_asked()), make_confirmed])
def test_one_click_freezes_it(made):
    account = made()
    stopping.freeze_by_link(token=token_of(account))
    stopping.freeze_by_link(token=token_of(account))
    frozen = BankAccount.objects.get(pk=account.pk)

    assert (frozen.state, frozen.stopped_by) == (AccountState.FROZEN, None)
    assert "Ce n’est pas nous" in frozen.stop_reason
    assert sum("est bloqué" in it for it in mails_to("contact@club.example")) == 1


def test_the_one_before_serves_again():
    Rules.objects.update(account_delay=0)
    first = make_confirmed()
    second = make_confirmed(first.partner, OTHER_IBAN)
    stopping.freeze_by_link(token=token_of(second))

    today = timezone.localdate()
    assert accounts.of_partners([first.partner_id], today).in_force[first.partner_id] == first


@pytest.mark.parametrize(
    "token", ["", "1", "1:x:y", pytest.param(signing.TimestampSigner().sign("1"), id="of another salt")]
)
def test_a_link_that_was_made_up(token):
    make_asked()
    with pytest.raises(LinkOutOfUse):
        stopping.freeze_by_link(token=token)


def test_a_link_is_good_for_thirty_days(monkeypatch):
    account = make_asked()
    token = token_of(account)
    monkeypatch.setattr(links, "VALID", dt.timedelta(seconds=-1))
    with pytest.raises(LinkOutOfUse):
        links.account_of(token)
    assert state_of(account) == AccountState.ASKED


def test_refused_with_its_reason():
    account, agent = make_asked(), make_user()
    stopping.refuse(account_id=account.pk, reason="RIB illisible", actor=agent)

    refused = BankAccount.objects.get(pk=account.pk)
    assert (refused.state, refused.stopped_by) == (AccountState.REFUSED, agent)
    assert "RIB illisible" in mails_to("contact@club.example")[-1]
    with pytest.raises(LinkOutOfUse):
        links.account_of(token_of(account))


def test_what_is_confirmed_is_frozen_not_refused():
    account = make_confirmed()
    with pytest.raises(AccountMoved):
        stopping.refuse(account_id=account.pk, reason="x", actor=make_user())
    stopping.freeze(account_id=account.pk, reason="x", actor=make_user())
    with pytest.raises(AccountMoved):
        stopping.freeze(account_id=account.pk, reason="x", actor=make_user())

    assert state_of(account) == AccountState.FROZEN


def test_unfrozen_it_is_checked_anew_by_two():
    account = make_confirmed()
    stopping.freeze(account_id=account.pk, reason="x", actor=make_user())
    stopping.unfreeze(account_id=account.pk)

    assert state_of(account) == AccountState.ASKED
    assert confirm(call_back(account)).active_from == timezone.localdate()
    with pytest.raises(AccountMoved):
        stopping.unfreeze(account_id=account.pk)


def test_not_beside_another_that_is_asked_for():
    account = make_asked()
    stopping.freeze(account_id=account.pk, reason="x", actor=make_user())
    make_asked(account.partner, OTHER_IBAN)
    with pytest.raises(AnotherIsPending):
        stopping.unfreeze(account_id=account.pk)
