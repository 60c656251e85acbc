"""The hotline finds a family by a name that it misheard or cannot spell."""

import pytest
from django.urls import reverse

from accounts.tests.factories import make_beneficiary, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agent(enter):
    enter(make_user("agent", is_staff=True, is_superuser=True))


@pytest.fixture
def found(client):
    def search(model, said):
        page = client.get(reverse(f"admin:accounts_{model}_changelist"), {"q": said})
        return {str(row) for row in page.context["cl"].queryset}

    return search


@pytest.fixture(autouse=True)
def families():
    for first, last in (
        *(("Chloé", "GAUTHIER"), ("Noé", "LEFÈVRE"), ("Lina", "DUBOIS"), ("Lina", "DA SILVA")),
        ("Anne-Lise", "RIVIÈRE DE LA TOUR"),
    ):
        parent = make_user(first_name=f"Parent de {first}", last_name=last)
        make_beneficiary(parent, first_name=first, last_name=last)


def test_a_number_is_found_by_what_it_begins_with(found):
    for last in "AB":
        make_beneficiary(last_name=last, first_name="Éli", pupil_number=f"E9990{ord(last)}")

    assert found("beneficiary", "e9990") == {"Éli A", "Éli B"}
    assert found("beneficiary", "E999065") == {"Éli A"}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Gotier", {"Chloé GAUTHIER"}),
        ("lefebvre", {"Noé LEFÈVRE"}),
        ("Lefevre noe", {"Noé LEFÈVRE"}),
        ("dubois", {"Lina DUBOIS"}),
        ("dubwa lina", {"Lina DUBOIS"}),
        ("linna dubois", {"Lina DUBOIS"}),
        ("kloé", {"Chloé GAUTHIER"}),
        ("da sylva", {"Lina DA SILVA"}),
        ("dasilwa lina", {"Lina DA SILVA"}),
        ("riviair", {"Anne-Lise RIVIÈRE DE LA TOUR"}),
        ("aneliz la toure", {"Anne-Lise RIVIÈRE DE LA TOUR"}),
        ("???", set()),
    ],
)
def test_a_child_by_what_was_heard(found, said, meant):
    assert found("beneficiary", said) == meant


def test_a_parent_by_what_was_heard(found):
    assert found("user", "gotier") == {"Parent de Chloé GAUTHIER"}


def test_what_is_well_written_finds_only_itself(found):
    make_beneficiary(first_name="Léo", last_name="DUBOISET")

    assert found("beneficiary", "LEFÈVRE") == {"Noé LEFÈVRE"}


def test_it_takes_as_many_queries_for_a_few_words_as_for_one(client, django_assert_max_num_queries):
    for said in ("gotier", "gotier kloe lina zzz"):
        with django_assert_max_num_queries(15):
            client.get(reverse("admin:accounts_beneficiary_changelist"), {"q": said})
