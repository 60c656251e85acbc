"""Each September every child goes up a class: its row stays on its page, and no index is written anew."""

import pytest
from django.db import connection

from accounts.models import Beneficiary, Grade

from .factories import make_beneficiary

CHILDREN = 60


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes a row where it is")
@pytest.mark.django_db
def test_no_index_is_written_anew():
    for _ in range(CHILDREN):
        make_beneficiary(grade=Grade.SIXIEME)
    before = _written_in_place()

    Beneficiary.objects.update(grade=Grade.CINQUIEME)

    assert _written_in_place() - before == CHILDREN


def _written_in_place():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = 'accounts_beneficiary'"
        )
        return cursor.fetchone()[0]
