"""What the database refuses of a sheet that is asked for, by name, whatever the services do."""

import pytest

from applications.models import Application, ApplicationState, Reason, SheetEdit, SheetOffer

from .organismes import make_activity
from .sheets import make_sheet_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return make_sheet_request()


def test_it_is_of_an_organisme(refused_by, application):
    with refused_by("applications_application_partner_means_affiliated"):
        Application.objects.update(partner=None)


def test_it_has_nothing_to_complete(refused_by, application):
    with refused_by("applications_application_sheet_is_complete"):
        Application.objects.update(state=ApplicationState.INCOMPLETE, reason="Un papier manque.")


def test_one_is_open(refused_by, application):
    with refused_by("applications_application_one_open_sheet"):
        Application.objects.create(
            key="00000000-0000-0000-0000-000000000000",
            kind=application.kind,
            partner=application.partner,
            sent_by=application.sent_by,
        )


def test_no_reason_asks_for_its_papers(refused_by):
    with refused_by("applications_reason_sheet_is_complete"):
        Reason.objects.create(kind="sheet", use="incomplete", text="Il manque un papier.")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("once", {"column": "phone", "before": "1", "after": "2"}),
        ("column_is_known", {"column": "x", "before": "1", "after": "2"}),
        ("changes_something", {"column": "email", "before": "1", "after": "1"}),
    ],
)
def test_of_a_column(refused_by, application, constraint, fields):
    with refused_by(f"applications_sheetedit_{constraint}"):
        SheetEdit.objects.create(sheet=application.new_sheet, **fields)


def test_of_an_offer(refused_by, application):
    offer = {"sheet": application.new_sheet, "activity": make_activity()}
    SheetOffer.objects.create(**offer, kind="sport")
    with refused_by("applications_sheetoffer_once"):
        SheetOffer.objects.create(**offer, kind="sport", is_wanted=False)
    with refused_by("applications_sheetoffer_kind_is_known"):
        SheetOffer.objects.create(**offer, kind="x")
