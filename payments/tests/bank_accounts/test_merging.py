"""Two cards of one organisme become one: nobody is paid elsewhere for it."""

import pytest

from payments.bank_accounts import merging
from payments.models import AccountState, BankAccount, PartnerAccounting

from .accounts import OTHER_IBAN, make_asked, make_confirmed, make_organisme

pytestmark = pytest.mark.django_db


def state_of(account):
    found = BankAccount.objects.get(pk=account.pk)
    return found.partner, found.state


def test_the_kept_one_has_none():
    kept = make_organisme()
    confirmed = make_confirmed()
    double = confirmed.partner
    asked = make_asked(double, OTHER_IBAN)
    merging.move(double_id=double.pk, kept_id=kept.pk)

    assert state_of(confirmed) == (kept, AccountState.CONFIRMED)
    assert state_of(asked) == (kept, AccountState.ASKED)


@pytest.mark.parametrize(("has_codes", "tiers"), [(False, "T-DOUBLE"), (True, "T-KEPT")])
def test_its_codes_too(has_codes, tiers):
    kept, double = make_organisme(), make_organisme()
    PartnerAccounting.objects.create(partner=double, tiers_code="T-DOUBLE")
    if has_codes:
        PartnerAccounting.objects.create(partner=kept, tiers_code="T-KEPT")
    merging.move(double_id=double.pk, kept_id=kept.pk)

    assert PartnerAccounting.objects.get(partner=kept).tiers_code == tiers


def test_the_kept_one_is_paid_where_it_was():
    kept, double = make_organisme(), make_organisme()
    ours = [make_confirmed(kept), make_asked(kept, OTHER_IBAN)]
    theirs = make_confirmed(double, "FR7612345987650123456789014")
    pending = make_asked(double, "DE89370400440532013000")
    merging.move(double_id=double.pk, kept_id=kept.pk)

    assert [state_of(it) for it in ours] == [(kept, AccountState.CONFIRMED), (kept, AccountState.ASKED)]
    assert state_of(theirs) == (double, AccountState.REPLACED)
    assert state_of(pending) == (double, AccountState.REFUSED)
