"""Two people decide about an account at the same instant."""

import pytest

from accounts.tests.factories import make_user
from partners import memberships
from partners.models import Partner
from partners.tests.members import make_manager
from payments.bank_accounts import checking, mail, stopping
from payments.models import AccountState, BankAccount

from .accounts import IBAN, OTHER_IBAN, call_back, make_asked, make_organisme

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["the second one waits", "without the lock"])
def locked(request, monkeypatch, without_lock):
    """The control: with the lock taken away both read before either writes."""
    if not request.param:
        without_lock()
        monkeypatch.setattr(memberships, "lock", lambda pk: Partner.objects.get(pk=pk))
    return request.param


def test_two_managers_ask_for_two_accounts(at_once, meeting_before, monkeypatch, locked):
    partner = make_organisme()
    managers = [make_manager(partner).user, make_manager(partner).user]
    monkeypatch.setattr(mail, "asked", lambda *_: None)
    meeting_before(type(BankAccount.objects.all()), "create", sure=not locked)

    outcomes = at_once(
        *(
            lambda iban=iban, actor=actor: make_asked(partner, iban, actor=actor)
            for iban, actor in zip((IBAN, OTHER_IBAN), managers, strict=True)
        )
    )
    # Without the lock the database still refuses, each in its way.
    expected = {"AnotherIsPending"} if locked else {"IntegrityError", "OperationalError"}
    assert outcomes[0] in expected
    assert outcomes[1] == "done"
    assert BankAccount.objects.count() == 1


def test_one_confirms_while_somebody_freezes(at_once, monkeypatch):
    """Whoever comes second finds it moved, or freezes what is confirmed: it never ends up confirmed."""
    account = call_back(make_asked())
    for name in ("confirmed", "stopped"):
        monkeypatch.setattr(mail, name, lambda *_: None)

    outcomes = at_once(
        lambda: checking.confirm(account_id=account.pk, actor=make_user()),
        lambda: stopping.freeze(account_id=account.pk, reason="x", actor=make_user()),
    )
    assert outcomes in (["AccountMoved", "done"], ["done", "done"])
    assert BankAccount.objects.get().state == AccountState.FROZEN
