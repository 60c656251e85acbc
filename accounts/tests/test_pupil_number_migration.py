"""code.md 3.4: the pupil numbers that were there are written one way."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import connection

from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_before(db):
    """`as_before("e0001", "E0001")`: children with numbers as they could stand before the constraint."""

    def make(*numbers):
        children = [make_beneficiary() for _ in numbers]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(
                    "ALTER TABLE accounts_beneficiary "
                    "DROP CONSTRAINT accounts_beneficiary_pupil_number_is_written_one_way"
                )
            else:
                cursor.execute("PRAGMA ignore_check_constraints = ON")
            for child, number in zip(children, numbers, strict=True):
                cursor.execute(
                    "UPDATE accounts_beneficiary SET pupil_number = %s WHERE id = %s", [number, child.pk]
                )
        return children

    yield make
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def migrate():
    """As `migrate` runs it, but for the schema editor, which SQLite has none of in a transaction."""
    editor = SimpleNamespace(connection=connection)
    import_module("accounts.migrations.0015_pupil_number_one_way").forwards(apps, editor)


def test_the_migration_writes_what_was_there_one_way(as_before):
    """code.md 3.4"""
    children = as_before("e0001", "E 0002", "efface-0a1b", "E0003")
    migrate()

    numbers = [Beneficiary.objects.get(pk=child.pk).pupil_number for child in children]
    assert numbers == ["E0001", "E0002", "EFFACE-0A1B", "E0003"]


def test_the_migration_stops_at_two_that_become_one_and_says_what_to_do(as_before):
    """code.md 3.4: which of the two is right, and whether they are two, only people know."""
    first, second, other = as_before("e0001", "E0001", "e0002")
    with pytest.raises(CommandError) as stop:
        migrate()

    for told in (f"« e0001 » (n° {first.pk}) et « E0001 » (n° {second.pk})", "Puis relancez « migrate »"):
        assert told in str(stop.value)
    assert "e0002" not in str(stop.value)
    assert Beneficiary.objects.filter(pk=other.pk).values_list("pupil_number", flat=True).get() == "e0002"
