"""What a line says oddly of a child, a collège or a guardian is done, and said."""

import pytest
from django.utils import timezone

from accounts.models import Beneficiary, User
from accounts.tests.factories import make_user

from .rosters import ANNE, BIRTH, LINA, bring, guardian, outcome, plan

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


def notes(*lines):
    return [note.replace(NBSP, " ") for _, note in plan(*lines).notes]


@pytest.mark.parametrize(
    ("name", "is_another"),
    [
        *((name, False) for name in ("Descartes", "CLG DESCARTES", "Collège René Descartes")),
        *(
            (name, False)
            for name in (
                "R. Descartes (Antony)",
                "DESCARTE",
                "Collège public Descartes",
                "Collège",
                "",
                "Clg d’Antony",
            )
        ),
        *((name, True) for name in ("Lakanal", "Collège Anatole France Antony", "CLG DU PARC")),
    ],
)
def test_a_known_college_under_another_name(name, is_another):
    """A code that slipped by one line sent whole classes to another collège, without a word."""
    bring(LINA | ANNE)
    told = notes(LINA | ANNE | {"Collège": name})

    assert bool(told) == is_another
    assert all(f"La ligne dit {name}, et son UAI est celui de Descartes (0920001X)" in it for it in told)


def test_two_who_share_a_first_name_are_two():
    bring(LINA | ANNE | {"Collège": "Jean Moulin"})

    assert "La ligne dit Collège Jean Macé" in notes(LINA | ANNE | {"Collège": "Collège Jean Macé"})[0]


def test_it_is_said_once_with_how_many_lines_say_it():
    other = LINA | ANNE | {"Collège": "Lakanal"}
    lines = [other | {"Numéro d’élève": f"E{number:04}"} for number in range(1, 5)]
    [told] = notes(LINA | ANNE | {"Numéro d’élève": "E0009"}, *lines)

    assert told.endswith("vérifiez le code (et 3 autres de même)")


def test_the_town_of_a_college_tells_too():
    bring(LINA | ANNE)

    [told] = notes(LINA | ANNE | {"Commune du collège": "92330 SCEAUX"})
    assert "La ligne dit un collège à Sceaux" in told
    assert notes(LINA | ANNE | {"Commune du collège": "Atlantis"}) == []


@pytest.mark.parametrize(("years", "noted"), [(9, True), (14, False), (18, True)])
def test_a_birth_and_a_level_that_do_not_agree(years, noted):
    """A child of nine in the 3e: created, and nothing said; it is no reason to keep it out."""
    birth = timezone.localdate().year - years
    made = plan(LINA | ANNE | {"Naissance": str(birth), "Niveau": "3e"})

    assert outcome(made) == [1, 0, 0, 0]
    assert any("serait en 3e" in note for _, note in made.notes) == noted


def test_several_levels_are_refused_for_what_they_are():
    [(_, why)] = plan(LINA | ANNE | {"Niveau": "6e ou 5e"}).refused

    assert why == "Le niveau 6e ou 5e en dit plusieurs. Gardez celui de l’élève."


@pytest.mark.parametrize("birth", ["12-mai-{0:02}", "{1},0", "{1}.0", "mai-{0:02}", "mai {1}"])
def test_a_birth_as_spreadsheets_show_it(birth):
    bring(LINA | ANNE | {"Naissance": birth.format(BIRTH % 100, BIRTH)})

    assert Beneficiary.objects.get().birth_year == BIRTH


def test_of_several_first_names_the_first_is_kept():
    """« Jean, Paul », as SIECLE has it, kept the child out."""
    made = bring(LINA | ANNE | {"Prénom": "Jean, Paul"})

    assert Beneficiary.objects.get().full_name == "Jean MARTIN"
    assert (2, "De Jean, Paul, Jean est gardé.") in made.notes


def test_an_unclear_account_keeps_no_child_out():
    made = plan(LINA | ANNE | {"Compte de l’élève": "bof"})

    assert outcome(made) == [1, 0, 0, 0]
    assert "Compte de l’élève dit bof" in made.notes[0][1]


@pytest.mark.parametrize(
    ("first_name", "kept", "said"),
    [
        ("M. Luc", "Luc", "M. n’est pas d’un nom : Luc est gardé"),
        ("Mme Dr Anne", "Anne", "Mme Dr n’est pas d’un nom"),
        ("Mme Dr", "Mme Dr", "Mme Dr n’est pas un prénom"),
        ("M. et Mme", "M. et Mme", "M. et Mme DURAND nomme deux personnes"),
        ("Luc et Anne", "Luc et Anne", "Luc et Anne DURAND nomme deux personnes"),
        ("M.et Mme", "M.et Mme", "M.et Mme DURAND nomme deux personnes"),
        ("Luc, Henri", "Luc", "de Luc, Henri, Luc est gardé"),
    ],
)
def test_the_first_name_of_a_guardian(first_name, kept, said):
    """« M. Luc », « M. et Mme », « Mme Dr » were first names of accounts, without a word."""
    line = LINA | guardian(last_name="DURAND", first_name=first_name, email="d@famille.example")
    made = bring(line)

    assert User.objects.get().first_name == kept
    [(number, told)] = made.notes
    assert (number, said in told.replace(NBSP, " ")) == (2, True)
    # Whose title is left out is still the same in the next file.
    assert outcome(plan(line)) == [0, 0, 1, 0]


def test_a_couple_in_the_last_name_is_said_too():
    made = bring(LINA | guardian(last_name="M. et Mme DURAND", email="d@famille.example"))

    assert User.objects.get().first_name == "M. et Mme DURAND"
    assert "nomme deux personnes" in made.notes[0][1]


def test_parents_who_are_only_m_and_mme_are_two():
    couple = [
        guardian(place, last_name="DURAND", first_name=title, email="d@famille.example")
        for place, title in ((1, "M."), (2, "Mme"))
    ]
    bring(LINA | couple[0] | couple[1])

    assert User.objects.count() == 2


def test_a_title_proves_less_than_the_name_alone():
    make_user("luc", first_name="Luc", last_name="DURAND", email="d@famille.example")
    made = plan(LINA | guardian(last_name="DURAND", first_name="M. Luc", email="d@famille.example"))

    [(_, _, told)] = made.likenesses
    assert "ressemble à luc (Luc DURAND)" in told


def test_an_account_that_has_its_title_since_long_is_found():
    bring(LINA | ANNE)
    User.objects.update(first_name="Mme Anne")

    again = guardian(last_name="MARTIN", first_name="Mme Anne", email="anne@famille.example")
    assert outcome(plan(LINA | again)) == [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("contact", "noted"),
    [
        *(({}, True), ({"phone": "non communiqué"}, True), ({"city": "Sceaux", "postcode": "92330"}, True)),
        *(({"email": "a@x.example"}, False), ({"phone": "0699000001"}, False)),
        ({"address": "1 rue du Bac"}, False),
    ],
)
def test_a_guardian_whom_nothing_reaches(contact, noted):
    """The page promises « de quoi le joindre », and nobody asked for it."""
    made = plan(LINA | guardian(last_name="MARTIN", first_name="Anne", **contact))

    assert outcome(made) == [1, 0, 0, 0]
    told = "Anne MARTIN n’a ni e-mail, ni téléphone, ni adresse : rien pour le joindre."
    assert (told in [note.replace(NBSP, " ") for _, note in made.notes]) == noted


def test_of_one_who_is_there_nothing_is_asked():
    bring(LINA | ANNE)

    assert plan(LINA | guardian(last_name="MARTIN", first_name="Anne")).notes == []


@pytest.mark.parametrize(
    ("said", "address", "postcode", "city"),
    [
        ({"address": "x" * 121, "city": "Sceaux"}, "", "", "Sceaux"),
        ({"city": "A" * 61}, "", "", ""),
        ({"city": "92330 SCEAUX"}, "", "92330", "SCEAUX"),
        ({"city": "92330"}, "", "92330", ""),
        ({"city": "92330", "postcode": "Sceaux"}, "", "92330", "Sceaux"),
        ({"city": "Sceaux", "postcode": "F-92330 Sceaux"}, "", "92330", "Sceaux"),
        ({"city": "Sceaux", "postcode": "Bât B"}, "", "", "Sceaux"),
    ],
)
def test_where_a_guardian_lives_keeps_no_child_out(said, address, postcode, city):
    """An address of more than 120 characters, a postcode in another column: the child was refused."""
    made = bring(LINA | ANNE | guardian(**said))

    assert outcome(made) == [1, 0, 0, 0]
    user = User.objects.get()
    assert (user.address, user.postcode, user.city) == (address, postcode, city)
    assert len(made.notes) == 1


def test_two_postcodes_stay_as_they_are_written():
    bring(LINA | ANNE | guardian(city="92160 ANTONY", postcode="92330"))

    assert [*User.objects.values_list("postcode", "city")] == [("92330", "92160 ANTONY")]
