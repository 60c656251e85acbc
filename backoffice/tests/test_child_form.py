"""A child that an agent types by hand: no less is asked than of a file."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.audit import AuditEntry
from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_commune

pytestmark = pytest.mark.django_db
ADD = reverse("admin:accounts_beneficiary_add")
BIRTH = timezone.localdate().year - 12


@pytest.fixture(autouse=True)
def agent(enter):
    make_commune("92002", "Antony")
    make_commune("92071", "Sceaux")
    agent = make_user(is_staff=True, is_superuser=True)
    enter(agent)
    return agent


@pytest.fixture
def zoe():
    return make_beneficiary(
        pupil_number="0123458", first_name="Zoé", last_name="FAUVEL", birth_year=BIRTH, insee_code="92071"
    )


def said(child, **changed):
    names = ("pupil_number", "first_name", "last_name", "birth_year", "grade", "insee_code")
    return {
        **{name: getattr(child, name) for name in names},
        "school": child.school_id,
        "is_enrolled": "on",
        "guardianships-TOTAL_FORMS": "0",
        "guardianships-INITIAL_FORMS": "0",
        **changed,
    }


@pytest.mark.parametrize("code", ["ABCDE", "99999", "9200", "92330", "96001", "00001", "75000"])
def test_a_code_that_is_no_commune(client, zoe, code):
    """admin.md 30"""
    page = reverse("admin:accounts_beneficiary_change", args=[zoe.pk])

    assert "n’est le code INSEE d’aucune commune" in client.post(page, said(zoe, insee_code=code)).text
    zoe.refresh_from_db()
    assert zoe.insee_code == "92071"


@pytest.mark.parametrize("code", ["92002", "75056", "2a004", "97105"])
def test_a_commune_of_ours_or_of_elsewhere(client, zoe, code):
    page = reverse("admin:accounts_beneficiary_change", args=[zoe.pk])

    assert client.post(page, said(zoe, insee_code=code)).status_code == 302


@pytest.mark.parametrize("year", [1950, BIRTH + 21, 14])
def test_a_year_in_which_no_pupil_is_born(client, zoe, year):
    """admin.md 30"""
    page = reverse("admin:accounts_beneficiary_change", args=[zoe.pk])

    assert f"n’est pas né en {year}" in client.post(page, said(zoe, birth_year=year)).text


def test_what_is_not_touched_is_not_asked_about(client, zoe):
    Beneficiary.objects.update(birth_year=1990, insee_code="99999")
    zoe.refresh_from_db()
    page = reverse("admin:accounts_beneficiary_change", args=[zoe.pk])

    assert client.post(page, said(zoe, first_name="Zoë")).status_code == 302


@pytest.mark.parametrize(
    "changed",
    [
        {"pupil_number": "123458", "first_name": "Léa"},
        {"pupil_number": "00123458", "birth_year": BIRTH - 1},
        {"pupil_number": "E0009"},
        {"pupil_number": "E0009", "first_name": "Fauvel", "last_name": "ZOE"},
    ],
    ids=["a zero less", "a zero more", "same", "swapped"],
)
def test_who_is_like_a_child_that_is_there_is_shown_before_it_is_saved(client, zoe, changed):
    """admin.md 40: by hand too, one child became two, with two grants."""
    told = client.post(ADD, said(zoe, **changed)).text
    assert "Zoé FAUVEL (numéro 0123458, Collège)" in told
    assert "C’est un autre enfant" in told
    assert Beneficiary.objects.count() == 1

    assert client.post(ADD, said(zoe, **changed, looked="on")).status_code == 302
    assert Beneficiary.objects.count() == 2
    assert ["C’est un autre enfant", "", "oui"] in AuditEntry.objects.latest("pk").changes


def test_who_is_like_nobody_is_not_asked_about(client, zoe):
    assert 'type="checkbox" name="looked"' not in client.get(ADD).text
    assert client.post(ADD, said(zoe, pupil_number="E0009", first_name="Léa")).status_code == 302


def test_the_number_of_somebody_else_in_another_writing(client, zoe):
    """code.md 3.4"""
    Beneficiary.objects.update(pupil_number="E0001")
    told = client.post(ADD, said(zoe, pupil_number=" e0001 ", first_name="Léa")).text

    assert "existe déjà" in told
