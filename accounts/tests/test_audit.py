"""A line of the journal is written once."""

from contextlib import nullcontext

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.append_only import AppendOnly
from accounts.models import Action, AuditEntry
from accounts.office import audit
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    audit.record(action=Action.ACCOUNT_CLOSED, subject=make_user("famille"), reason="Départ", actor=None)
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
