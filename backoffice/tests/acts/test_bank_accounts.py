"""Agents check the accounts of organismes: one calls, another confirms."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_agent
from partners.tests.members import make_manager
from payments.bank_accounts import stopping
from payments.models import AccountReading, AccountState, BankAccount
from payments.tests.bank_accounts.accounts import (
    GERMAN,
    NUMBER,
    OTHER_IBAN,
    call_back,
    make_asked,
    make_confirmed,
)

from .journal import WHY, journal

pytestmark = pytest.mark.django_db


def called(**fields):
    now = timezone.localtime()
    said = {"number": NUMBER, "person": "Sophie", "day": f"{now:%d/%m/%Y}", "hour": f"{now:%H:%M}"}
    return said | fields


def page_of(account):
    return reverse("admin:payments_bankaccount_change", args=[account.pk])


def state_of(account):
    return BankAccount.objects.get(pk=account.pk).state


def test_one_calls_another_confirms(act, agent, enter):
    account = make_asked()
    act(account, "rappeler", **called())
    assert state_of(account) == AccountState.CALLED
    act(account, "confirmer")
    assert state_of(account) == AccountState.CALLED

    second = make_agent()
    enter(second)
    act(account, "confirmer")
    assert state_of(account) == AccountState.CONFIRMED
    assert sorted(journal(), key=str) == sorted(
        [(Action.BANK_CALLED, WHY, agent), (Action.BANK_CONFIRMED, WHY, second)], key=str
    )
    assert not any("FR76" in line.description for line in AuditEntry.objects.all())


def test_a_number_that_is_not_on_file(act, agent):
    account = make_asked()
    act(account, "rappeler", **called(number="06 99 99 99 99"))

    assert state_of(account) == AccountState.ASKED


def test_what_needs_a_reason_is_asked_for(client, act, agent):
    foreign = make_asked(iban=GERMAN)
    act(foreign, "rappeler", **called())
    assert state_of(foreign) == AccountState.ASKED
    act(foreign, "rappeler", **called(foreign_reason="Siège à Kehl"))
    assert state_of(foreign) == AccountState.CALLED


def test_the_same_elsewhere_is_shown_and_explained(client, act, agent):
    first = make_confirmed()
    account = make_asked()
    assert f"{first.partner} a donné le même compte" in client.get(page_of(account)).text
    act(account, "rappeler", **called())
    assert state_of(account) == AccountState.ASKED
    act(account, "rappeler", **called(sharing_reason="Même mairie"))

    assert BankAccount.objects.get(pk=account.pk).sharing_reason == "Même mairie"


def test_what_changed_around_is_shown(client, agent):
    partner = make_confirmed().partner
    make_manager(partner, "Ivan", "NOUVEAU")
    account = make_asked(partner, OTHER_IBAN)

    assert "Ivan NOUVEAU est membre depuis le" in client.get(page_of(account)).text


@pytest.mark.parametrize(
    ("name", "state", "action"),
    [
        ("refuser", AccountState.REFUSED, Action.BANK_REFUSED),
        ("bloquer", AccountState.FROZEN, Action.BANK_FROZEN),
    ],
)
def test_stopped(act, agent, name, state, action):
    account = make_asked()
    act(account, name)

    stopped = BankAccount.objects.get(pk=account.pk)
    assert (stopped.state, stopped.stopped_by, stopped.stop_reason) == (state, agent, WHY)
    assert journal() == [(action, WHY, agent)]


def test_unfrozen(act, agent):
    account = make_confirmed()
    stopping.freeze(account_id=account.pk, reason="x", actor=make_agent())
    act(account, "debloquer")

    assert state_of(account) == AccountState.ASKED


def test_the_home_page_says_what_waits(client, agent):
    make_asked()
    call_back(make_asked(iban=OTHER_IBAN), actor=agent)
    page = client.get("/admin/").text

    assert "compte bancaire à vérifier" in page
    # It waits for another agent.
    assert "à confirmer" not in page


def test_a_whole_iban_is_read_for_a_reason(client, administrator):
    account = make_asked()
    address = reverse("admin:payments_bankaccount_lire-l-iban", args=[account.pk])
    assert address in client.get(page_of(account)).text
    assert "FR76" not in client.get(address).text
    assert "FR76" not in client.post(address, {"reason": ""}).text
    assert not AccountReading.objects.exists()

    assert "FR76 3000 6000 0112 3456 7890 189" in client.post(address, {"reason": WHY}).text
    row = AccountReading.objects.get()
    assert (row.account, row.actor, row.where) == (account, administrator, f"Administration – {WHY}")
    assert WHY in client.get(reverse("admin:payments_accountreading_changelist")).text


def test_not_by_a_manager(client, agent):
    account = make_asked()
    address = reverse("admin:payments_bankaccount_lire-l-iban", args=[account.pk])

    assert client.post(address, {"reason": WHY}).status_code == 403
    assert address not in client.get(page_of(account)).text
    assert not AccountReading.objects.exists()
