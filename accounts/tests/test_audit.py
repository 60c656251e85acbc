"""A line of the journal is written once."""

from contextlib import nullcontext

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import audit
from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_user
from core.append_only import AppendOnly

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    audit.record(
        action=Action.ACCOUNT_CLOSED,
        subject=make_user("famille"),
        reason="Départ",
        actor=None,
        changes=[("ville", "Antony", "Sceaux")],
    )
    return AuditEntry.objects.get()


def test_it_says_whom_it_is_about(entry):
    assert list(AuditEntry.objects.about(make_user())) == []
    assert entry.subject == "famille"


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.update(reason="Autre"),
        lambda entry: AuditEntry.objects.all().delete(),
    ],
    ids=["save", "delete", "update", "delete all"],
)
def test_the_model_refuses_a_change(entry, change):
    with pytest.raises(AppendOnly):
        change(entry)


@pytest.mark.parametrize("change", ["UPDATE {} SET reason = 'x'", "DELETE FROM {}"])
def test_postgresql_refuses_it_too(entry, change):
    """On SQLite the model alone does."""
    guarded = connection.vendor == "postgresql"
    expected = pytest.raises(IntegrityError) if guarded else nullcontext()
    with expected, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(AuditEntry._meta.db_table))

    assert AuditEntry.objects.filter(reason="Départ").exists() == guarded


def test_it_has_a_reason(refused_by):
    with refused_by("accounts_auditentry_says_why"):
        audit.record(action=Action.ACCOUNT_CLOSED, subject=make_user(), reason="", actor=None)


def test_it_is_about_a_known_action(refused_by):
    with refused_by("accounts_auditentry_action_is_known"):
        AuditEntry.objects.create(action="rien", subject="x", subject_key="x 1", reason="Motif")


# --- The one way to take names out of it ------------------------------------------------------


def test_it_forgets_whom_it_was_about_and_nothing_else(entry):
    """admin.md 14: what was before and after is forgotten with it."""
    assert AuditEntry.objects.forget() == 1

    forgotten = AuditEntry.objects.get()
    assert (forgotten.subject, forgotten.reason, forgotten.details) == ("effacé", "effacé", "")
    assert (forgotten.concerns, forgotten.changes) == ("", [])
    for kept in ("at", "actor_id", "action", "subject_key"):
        assert getattr(forgotten, kept) == getattr(entry, kept)


def test_it_forgets_what_is_asked(entry):
    audit.record(action=Action.ACCOUNT_CLOSED, subject=make_user("autre"), reason="Départ", actor=None)
    AuditEntry.objects.filter(subject="famille").forget()

    assert {line.subject for line in AuditEntry.objects.all()} == {"effacé", "autre"}


WORDS = "subject = 'effacé', reason = 'effacé', details = '', concerns = '', changes = '[]'"


@pytest.mark.parametrize(
    "change",
    [
        WORDS.replace("details = ''", "details = 'autre'"),
        WORDS.replace("subject = 'effacé'", "subject = 'autre'"),
        WORDS.replace("reason = 'effacé'", "reason = 'autre'"),
        WORDS.replace("concerns = ''", "concerns = 'autre'"),
        WORDS.replace("changes = '[]'", """changes = '["autre"]'"""),
        f"{WORDS}, actor_id = NULL",
        f"{WORDS}, action = 'correction'",
        f"{WORDS}, subject_key = 'accounts.user 0'",
        f"{WORDS}, at = '2020-01-01'",
        f"{WORDS}, id = 0",
    ],
)
def test_postgresql_lets_nothing_else_be_written_over_it(change):
    audit.record(action=Action.ACCOUNT_CLOSED, subject=make_user(), reason="Départ", actor=make_user())
    guarded = connection.vendor == "postgresql"
    expected = pytest.raises(IntegrityError) if guarded else nullcontext()
    with expected, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {AuditEntry._meta.db_table} SET {change}")  # noqa: S608 – ours

    assert AuditEntry.objects.filter(reason="Départ").exists() == guarded
