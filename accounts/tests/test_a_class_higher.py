"""Each September every child goes up a class, or leaves: its row stays there, and no index is written."""

import pytest
from django.db import connection

from accounts.models import Beneficiary, Grade
from core import bulk_copy

from .factories import make_beneficiary

CHILDREN = 60


def _go_up():
    """As an import writes it, with the columns that stay as they are."""
    children = Beneficiary.objects.values_list("pk", "first_name", "last_name", "school")
    columns = ("first_name", "last_name", "school", "grade")
    bulk_copy.update(Beneficiary, columns, [(*child, Grade.CINQUIEME.value) for child in children])


def _leave():
    Beneficiary.objects.update(is_enrolled=False)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes a row where it is")
@pytest.mark.django_db
@pytest.mark.parametrize("act", [_go_up, _leave])
def test_no_index_is_written_anew(act):
    for _ in range(CHILDREN):
        make_beneficiary(grade=Grade.SIXIEME)
    before = _written_in_place()

    act()

    assert _written_in_place() - before == CHILDREN


def _written_in_place():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = 'accounts_beneficiary'"
        )
        return cursor.fetchone()[0]
