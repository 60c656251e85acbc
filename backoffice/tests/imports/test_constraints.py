"""What the database refuses of an import."""

import pytest

from backoffice.models import Choice, Contacts, ImportLine, Stage, Verdict

from .importing import make_import

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"sort": "tickets"}, "passplus_import_sort_is_known"),
        ({"stage": "lost"}, "passplus_import_stage_is_known"),
        ({"stage": Stage.DONE}, "passplus_import_confirmed_by_somebody"),
        ({"stage": Stage.PARTLY}, "passplus_import_confirmed_by_somebody"),
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


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"number": 1}, "backoffice_importline_once"),
        ({"verdict": "peut-être"[:8]}, "backoffice_importline_verdict_is_known"),
        ({"choice": "perhaps"}, "backoffice_importline_choice_is_known"),
        ({"contacts": "perhaps"}, "backoffice_importline_contacts_are_known"),
        (
            {"verdict": Verdict.UNCHANGED, "choice": Choice.CREATE},
            "backoffice_importline_choice_of_what_is_made",
        ),
        ({"verdict": Verdict.LEFT, "choice": Choice.CREATE}, "backoffice_importline_left_by_choice"),
        (
            {"verdict": Verdict.REFUSED, "contacts": Contacts.ASKED},
            "backoffice_importline_refused_writes_nothing",
        ),
    ],
)
def test_constraints_of_its_lines(refused_by, fields, constraint):
    job = make_import(stage=Stage.READY)
    ImportLine.objects.create(job=job, number=1, verdict=Verdict.CREATED)
    with refused_by(constraint):
        ImportLine.objects.create(**{"job": job, "number": 2, "verdict": Verdict.CREATED} | fields)
