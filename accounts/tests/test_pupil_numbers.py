"""A pupil number is written one way, at every door."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from accounts import identity
from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.tests.roster.rosters import ANNE, LINA, bring, reasons

pytestmark = pytest.mark.django_db


ONE_WAY = "accounts_beneficiary_pupil_number_is_written_one_way"


@pytest.mark.parametrize(
    "writing",
    ["e0001", " E0001 ", "E 0001", "E\N{NO-BREAK SPACE}0001", "\N{ZERO WIDTH SPACE}E0001", "Ｅ０００１"],
)
def test_a_pupil_number_is_written_one_way(writing):
    """code.md 3.4: « e1 » by hand and « E1 » in September were two children, with two grants."""
    make_beneficiary(pupil_number=writing, first_name="Lina", last_name="MARTIN", birth_year=2013)

    assert Beneficiary.objects.get(pupil_number=writing).pupil_number == "E0001"
    bring(LINA | {"Naissance": "2013"} | ANNE)
    assert Beneficiary.objects.count() == 1


@pytest.mark.parametrize(
    "writing", ["#N/A", "########", "-", "9,20E+08", "920000124,00", "1.5", "", "2014", "LECLERC", "É0001"]
)
def test_what_is_no_pupil_number(writing):
    """admin.md 40, cases 15: a number that a spreadsheet spoiled made a child, and the right one another."""
    with pytest.raises(ValidationError):
        identity.check_pupil_number(identity.pupil_number(writing))
    assert len(reasons(LINA | {"Numéro d’élève": writing} | ANNE)) == 1


@pytest.mark.parametrize("number", ["07100000001A", "7100000001A", "920000123", "H0701", "123456789AB"])
def test_what_is_one(number):
    identity.check_pupil_number(number)


def test_the_departement_says_how_it_is_written(settings):
    settings.PUPIL_NUMBER_FORMAT = "999999999XX"

    [told] = reasons(LINA | ANNE)
    assert "E0001 n’est pas un numéro d’élève" in told
    assert "999999999XX, où 9 est un chiffre et X un chiffre ou une lettre" in told
    for number in ("123456789AB", "12345678901"):
        identity.check_pupil_number(number)
    with pytest.raises(ValidationError):
        identity.check_pupil_number("12345678A01")


def test_the_administration_asks_for_it_too(client, enter):
    enter(make_user(is_staff=True, is_superuser=True))
    child = make_beneficiary(pupil_number="E0001")
    page = reverse("admin:accounts_beneficiary_change", args=[child.pk])
    said = {
        **{name: getattr(child, name) for name in ("first_name", "last_name", "birth_year", "grade")},
        "school": child.school_id,
        "insee_code": child.insee_code,
        "is_enrolled": "on",
        "reason": "Numéro mal recopié",
        "guardianships-TOTAL_FORMS": "0",
        "guardianships-INITIAL_FORMS": "0",
    }

    assert "n’est pas un numéro d’élève" in client.post(page, said | {"pupil_number": "9,20E+08"}).text
    assert client.post(page, said | {"pupil_number": "e 0009"}).status_code == 302
    child.refresh_from_db()
    assert child.pupil_number == "E0009"


@pytest.mark.parametrize("written", ["e0001", "E 0001"])
def test_the_database_refuses_another_writing(refused_by, written):
    """code.md 3.4: whoever writes past the field."""
    child = make_beneficiary(pupil_number="E0002")
    with refused_by(ONE_WAY), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_beneficiary SET pupil_number = %s WHERE id = %s", [written, child.pk])
