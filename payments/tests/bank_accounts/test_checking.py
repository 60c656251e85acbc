"""An agent calls back, another one confirms, and it serves after some working days."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from partners.tests.members import mails_to, make_manager
from payments import accounts, working_days
from payments.bank_accounts import exceptions
from payments.models import AccountState, BankAccount, Rules

from .accounts import (
    GERMAN,
    IBAN,
    NUMBER,
    OTHER_IBAN,
    call_back,
    confirm,
    make_asked,
    make_confirmed,
    make_organisme,
)

pytestmark = pytest.mark.django_db


def test_the_first_account_serves_at_once():
    account = BankAccount.objects.get(pk=make_confirmed().pk)

    assert (account.state, account.active_from) == (AccountState.CONFIRMED, timezone.localdate())
    assert (account.called_number, account.called_person) == (NUMBER, "Sophie")
    assert any("est confirmé" in it for it in mails_to("contact@club.example"))


@pytest.mark.parametrize("delay", [5, 0])
def test_another_one_serves_after_working_days_the_one_before_until_then(delay):
    today = timezone.localdate()
    Rules.objects.update(account_delay=delay)
    partner = make_confirmed().partner
    begins = make_confirmed(partner, OTHER_IBAN).active_from

    assert begins == working_days.after(today, delay)
    in_force = accounts.of_partners([partner.pk], today).in_force[partner.pk]
    assert in_force.last4 == ("2606" if delay == 0 else "0189")
    assert accounts.of_partners([partner.pk], begins).in_force[partner.pk].last4 == "2606"


def test_who_called_does_not_confirm():
    agent = make_user()
    account = call_back(make_asked(), actor=agent)
    with pytest.raises(exceptions.SameAgent):
        confirm(account, agent)


def test_nothing_is_confirmed_unless_called():
    with pytest.raises(exceptions.AccountMoved):
        confirm(make_asked())


def test_called_once():
    account = make_asked()
    call_back(account)
    with pytest.raises(exceptions.AccountMoved):
        call_back(account)


def test_only_numbers_that_were_known():
    account = make_asked()
    late = make_manager(account.partner)
    late.user.phone = "06 00 00 00 01"
    late.user.save()
    for number in ("06 12 34 56 78", "", late.user.phone):
        with pytest.raises(exceptions.NotOnFile):
            call_back(account, number=number)


def test_another_manager_may_be_called_who_asked_may_not():
    partner = make_organisme(phone="")
    [known] = partner.memberships.open()
    asker = make_manager(partner)
    for number, one in (("06 00 00 00 01", known), ("06 00 00 00 02", asker)):
        one.user.phone = number
        one.user.save()
    account = make_asked(partner, actor=asker.user)
    with pytest.raises(exceptions.NotOnFile):
        call_back(account, number="06 00 00 00 02")

    assert call_back(account, number="06 00 00 00 01").state == AccountState.CALLED


@pytest.mark.parametrize("minutes", [-1, 1])
def test_called_after_it_was_asked_and_before_now(minutes):
    account = make_asked()
    moment = account.asked_at if minutes < 0 else timezone.now()
    with pytest.raises(exceptions.CalledAtAnotherTime):
        call_back(account, at=moment + dt.timedelta(minutes=2 * minutes))


def test_a_foreign_one_takes_a_reason():
    account = make_asked(iban=GERMAN)
    with pytest.raises(exceptions.ForeignNeedsReason):
        call_back(account)

    assert confirm(call_back(account, foreign_reason="Siège à Kehl")).foreign_reason == "Siège à Kehl"


def test_one_that_another_organisme_has_takes_a_reason():
    make_confirmed()
    account = make_asked()
    with pytest.raises(exceptions.SharedNeedsReason):
        call_back(account)

    assert call_back(account, sharing_reason="Même mairie").state == AccountState.CALLED


def test_one_that_another_organisme_asks_for_meanwhile():
    account = call_back(make_asked())
    make_asked()
    with pytest.raises(exceptions.SharedNeedsReason):
        confirm(account)

    assert confirm(account, sharing_reason="Même mairie").state == AccountState.CONFIRMED


def test_shared_by_another_key(settings):
    """Between a rotation and `reseal_ibans`, digests are of two keys."""
    make_confirmed()
    settings.IBAN_KEYS = ["new"]
    with pytest.raises(exceptions.SharedNeedsReason):
        call_back(make_asked(iban=IBAN))
