"""What the database refuses of an import."""

import pytest

from backoffice.models import Stage

from .importing import make_import

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"sort": "tickets"}, "passplus_import_sort_is_known"),
        ({"stage": "lost"}, "passplus_import_stage_is_known"),
        ({"stage": Stage.DONE}, "passplus_import_confirmed_by_somebody"),
        ({"stage": Stage.PROPOSED}, "passplus_import_proposed_by_somebody"),
        ({"rows_done": 2, "rows": 1}, "passplus_import_rows_done_of_rows"),
    ],
)
def test_constraints(refused_by, fields, constraint):
    with refused_by(constraint):
        make_import(**fields)


def test_one_runs_at_a_time(refused_by):
    make_import(stage=Stage.RUNNING)
    with refused_by("passplus_import_one_runs"):
        make_import(stage=Stage.RUNNING)
