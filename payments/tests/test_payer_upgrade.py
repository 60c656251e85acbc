"""An upgrade from the release that kept the payer's IBAN in clear, and back."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts import audit
from accounts.audit import FORGOTTEN, Action, AuditEntry
from accounts.tests.factories import make_user
from payments.models import Payer

IBAN = "FR7630006000011234567890189"
BEFORE = [("payments", "0010_taken_back_once")]


@pytest.fixture
def before(transactional_db):
    """The payer of that release, on its schema; the present one is back at the end."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps.get_model("payments", "Payer").objects
    call_command("migrate", verbosity=0)


def test_its_iban_is_sealed_and_opened_again(before):
    before.update_or_create(pk=1, defaults={"iban": IBAN, "bic": "BDFEFRPPCCT"})
    call_command("migrate", verbosity=0)
    payer = Payer.current()
    assert payer.iban == IBAN
    assert IBAN not in payer.sealed_iban

    MigrationExecutor(connection).migrate(BEFORE)
    assert (before.get().iban, before.get().bic) == (IBAN, "BDFEFRPPCCT")


def test_without_an_account_it_has_none(before):
    before.update_or_create(pk=1)
    call_command("migrate", verbosity=0)

    assert Payer.current().sealed_iban == ""


def test_the_journal_tells_its_end_alone(before):
    agent, bic = make_user(), ("BIC à débiter", "", "BDFEFRPPCCT")
    payer, spaced = Payer(pk=1, name="Département"), "FR76 3000 6000 0112 3456 7890 189"
    for told in ([("IBAN à débiter", spaced, IBAN), bic], [bic]):
        audit.record(action=Action.CHANGED, subject=payer, reason="Nouveau compte", actor=agent, changes=told)
    call_command("migrate", verbosity=0)

    whole, other, again = AuditEntry.objects.order_by("pk")
    assert (whole.actor, whole.subject_key, other.changes) == (agent, again.subject_key, [[*bic]])
    assert {name: getattr(whole, name) for name in FORGOTTEN} == FORGOTTEN
    assert again.changes == [["IBAN à débiter", "FR •••• 0189", "FR •••• 0189"], [*bic]]
    assert (again.subject, again.reason, again.actor) == ("Département", "Nouveau compte", None)
    assert f"{timezone.localtime(whole.at):%d/%m/%Y à %H:%M}" in again.details
