"""The role of the pages: all that Pass+ does, and nothing that would undo the ledger or the journal."""

import uuid
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from accounts import audit
from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from backoffice.tests import exporting
from core import tasks
from core.append_only import AppendOnlyModel
from operations import database_roles
from operations.doctor import role
from operations.doctor.findings import Wrong
from partners.tests.factories import make_offer
from payments import outcomes, taking_back
from payments.models import Correction, Fate, Outcome
from payments.tests.factories import make_use
from payments.tests.paid import make_sent
from tickets import disputes, expiry, services
from tickets.models import Doubt
from tickets.tests.factories import make_ticket
from wallets import services as wallets
from wallets.models import Entry
from wallets.tests.factories import make_wallet

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]

ROLE = "passplus_of_the_tests"


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def as_pages():
    """`with as_pages():` what is done is done as the role of the pages. Gone with the test."""
    execute(f"CREATE ROLE {ROLE}")
    call_command("grant_runtime_role", ROLE)

    @contextmanager
    def become():
        execute(f"SET LOCAL ROLE {ROLE}")
        try:
            yield
        finally:
            execute("RESET ROLE")

    return become


def test_the_list_is_that_of_the_triggers():
    """The next table of that kind is not forgotten, by who grants nor by who writes its migration."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgname = tgrelid::regclass || '_is_append_only'"
        )
        guarded = {table for (table,) in cursor.fetchall()}
    models = {it._meta.db_table for it in apps.get_models() if issubclass(it, AppendOnlyModel)}

    assert set(database_roles.APPEND_ONLY) == guarded == models


@pytest.mark.parametrize("table", database_roles.APPEND_ONLY)
@pytest.mark.parametrize(
    "attempt",
    [
        "TRUNCATE {table} CASCADE",
        "ALTER TABLE {table} DISABLE TRIGGER USER",
        "ALTER TABLE {table} ADD COLUMN x int",
        "DROP TRIGGER {table}_is_append_only ON {table}",
        "CREATE OR REPLACE FUNCTION {table}_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "DROP TABLE {table} CASCADE",
        "DELETE FROM {table}",
        "UPDATE {table} SET id = id",
        "CREATE TABLE public.x ()",
    ],
)
def test_what_the_role_of_the_pages_cannot_do(as_pages, table, attempt):
    """security.md F9: as the application's role all of these succeeded."""
    make_wallet()
    audit.record(action=Action.ERASED, subject=None, name="x", reason="x", actor=None)
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with as_pages(), refused, transaction.atomic():
        execute(attempt.format(table=table))


def test_the_ledger_is_not_written_over(as_pages):
    make_wallet()
    with as_pages(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        execute("UPDATE wallets_entry SET amount = 1")


@pytest.mark.parametrize("table", ["wallets_entry", "accounts_auditentry"])
def test_even_its_owner_does_not_empty_it(table):
    """security.md F9. The tests empty their own database so: for them the triggers are away (conftest.py)."""
    execute(import_module("passplus.migrations.0009_ledger_is_not_truncated").FORWARDS)
    with pytest.raises(IntegrityError, match=f"{table}_is_append_only"), transaction.atomic():
        execute(f"TRUNCATE {table} CASCADE")


def test_all_that_is_paid(as_pages):
    agent = make_agent()
    with as_pages():
        paid, rejected = make_use(), make_use()
        batch = make_sent()
        tell = partial(outcomes.tell, on=timezone.localdate(), actor=agent)
        tell(payment_id=batch.payments.get(lines__use=paid).pk, fate=Fate.PAID)
        tell(payment_id=batch.payments.get(lines__use=rejected).pk, fate=Fate.REJECTED, reason="Clos")
        disputes.raise_one(ticket_id=paid.ticket_id, doubt=Doubt.OTHER, actor=agent)
        taking_back.take_back(ticket_id=paid.ticket_id, key=uuid.uuid4(), actor=agent)
        assert Outcome.objects.exclude(reason="").forget() == Correction.objects.all().forget() == 1
        for command in ("reseal_ibans", "check_ledger"):
            call_command(command)


def test_all_that_pass_plus_does(as_pages, client, enter):
    agent, parent = make_user(is_staff=True, is_superuser=True), make_user()
    offer = make_offer()
    with as_pages():
        wallet = make_wallet("60", beneficiary=make_beneficiary(parent))
        used, cancelled, _ = (make_ticket("10", wallet=wallet, actor=parent) for _ in range(3))
        services.use(ticket_id=used.pk, actor=agent, offer_id=offer.pk)
        services.cancel(ticket_id=cancelled.pk, actor=parent)
        expiry.expire(today=timezone.localdate())
        wallets.correct(wallet_id=wallet.pk, amount=Decimal(5), key=uuid.UUID(int=1), actor=agent)
        enter(agent)
        assert client.get("/admin/").status_code == 200
        assert exporting.export(client, "wallets_entry").count(b"\n") == 7
        tasks.take_up_again()
        assert AuditEntry.objects.all().forget() >= 1
        list(AuditEntry.objects.select_for_update(skip_locked=True))
        for command in ("check_ledger", "purge", "send_reminders", "run_tasks"):
            call_command(command)
    assert Entry.objects.count() == 6


def test_doctor_says_who_could_rewrite_the_ledger(as_pages):
    """security.md F9."""
    with pytest.raises(Wrong, match="peut vider le grand livre"):
        role.check()
    execute(f"GRANT DELETE ON payments_line TO {ROLE}")
    with as_pages(), pytest.raises(Wrong, match="les paiements"):
        role.check()
    execute(f"REVOKE DELETE ON payments_line FROM {ROLE}")
    with as_pages():
        assert role.check() == "les pages ne peuvent qu’ajouter au grand livre, au journal et aux paiements"


def test_a_role_that_is_not_there():
    with pytest.raises(CommandError, match="createuser nobody_at_all"):
        call_command("grant_runtime_role", "nobody_at_all")


def test_the_owner_is_not_made_less(as_pages):
    with pytest.raises(CommandError, match="possède les tables"):
        call_command("grant_runtime_role", connection.settings_dict["USER"])
