"""A manager asks for an account: it is stored sealed, and whoever may object is told."""

import pytest

from partners.models import Role
from partners.tests.members import mails_to, make_manager, make_member
from payments import iban_keys
from payments.bank_accounts import asking
from payments.bank_accounts.exceptions import AccountMoved, AlreadyYours, AnotherIsPending
from payments.models import AccountState, BankAccount

from .accounts import IBAN, OTHER_IBAN, make_asked, make_confirmed, make_organisme

pytestmark = pytest.mark.django_db


def manager_of(account):
    return account.partner.memberships.open().get().user


def test_it_is_stored_sealed():
    account = BankAccount.objects.get(pk=make_asked().pk)

    assert (account.state, account.masked, account.bic) == (AccountState.ASKED, "FR •••• 0189", "AGRIFRPPXXX")
    assert IBAN not in account.sealed_iban
    assert iban_keys.unseal(account.sealed_iban) == IBAN
    assert account.digest == iban_keys.digest(IBAN)


def test_whoever_may_object_is_told_at_once():
    partner = make_organisme()
    other = make_manager(partner, "Zoé")
    volunteer = make_member(partner, Role.COUNTER)
    make_asked(partner)

    for address in (other.user.email, "contact@club.example"):
        [message] = mails_to(address)
        assert "FR •••• 0189" in message
        assert "/compte-bancaire/ce-n-est-pas-nous/" in message
        assert IBAN not in message
    assert mails_to(volunteer.user.email) == []


def test_sent_twice_is_one():
    partner = make_organisme()

    assert make_asked(partner) == make_asked(partner)


def test_one_at_a_time():
    partner = make_organisme()
    make_asked(partner)
    with pytest.raises(AnotherIsPending):
        make_asked(partner, OTHER_IBAN)


def test_the_same_as_today():
    partner = make_confirmed().partner
    with pytest.raises(AlreadyYours):
        make_asked(partner)


def test_withdrawn_it_makes_room():
    account = make_asked()
    asking.withdraw(partner_id=account.partner_id, actor=manager_of(account))
    account.refresh_from_db()

    assert (account.state, account.stopped_by) == (AccountState.REFUSED, manager_of(account))
    assert make_asked(account.partner, OTHER_IBAN).state == AccountState.ASKED


def test_what_is_confirmed_is_not_withdrawn():
    account = make_confirmed()
    with pytest.raises(AccountMoved):
        asking.withdraw(partner_id=account.partner_id, actor=manager_of(account))
