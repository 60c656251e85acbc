"""A line that cannot be is refused, and the others are not."""

import pytest

from accounts.models import Beneficiary, School
from accounts.tests.factories import make_beneficiary
from backoffice.imports.roster.importer import Roster
from core.spreadsheet_files.rows import NotReadable

from .rosters import ANNE, COMMUNES, LINA, bring, guardian, plan, roster

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wrong", [{"Niveau": "2nde"}, {"Prénom": "=B2"}], ids=["a level", "a formula"])
def test_a_whole_list_ends_the_enrolment_of_who_is_not_in_it_and_of_nobody_who_is_refused(wrong):
    leaver, refused = make_beneficiary(pupil_number="E0008"), make_beneficiary(pupil_number="E0009")
    lines = (LINA | ANNE, LINA | {"Numéro d’élève": "E0009"} | wrong)
    assert plan(*lines).besides == ""
    assert plan(*lines, complete=True).besides == "1 désinscrit"

    bring(*lines, complete=True)

    enrolled = Beneficiary.objects.filter(is_enrolled=True)
    assert set(enrolled.values_list("pupil_number", flat=True)) == {"E0001", refused.pupil_number}
    bring(LINA | {"Numéro d’élève": leaver.pupil_number, "Nom": leaver.last_name, "Prénom": "Garance"})
    leaver.refresh_from_db()
    assert leaver.is_enrolled, "who is on a roster goes to a collège"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"Numéro d’élève": ""}, "numéro d’élève manque"),
        ({"Numéro d’élève": "9" * 21}, "n’est pas un numéro d’élève"),
        ({"Prénom": "", "Nom": "-"}, "Les cases Nom et Prénom sont vides"),
        ({"Nom": "DUPONT1"}, "DUPONT1 n’est pas un nom : « 1 » n’en est pas"),
        ({"Nom": "🙂"}, "🙂 n’est pas un nom"),
        ({"Code INSEE": "92002"}, "92002 est celui de Antony, et non de Sceaux"),
        ({"Commune": "Issy"}, "Est-ce Issy-les-Moulineaux ?"),
        ({"Commune": "92160"}, "Est-ce Antony ?"),
        ({"Nom": "X" * 61}, "La case Nom a plus de 60 caractères"),
        ({"Nom": "=1+1"}, "La case Nom est une formule"),
        ({"Naissance": ""}, "Rien n’est pas une année"),
        ({"Naissance": "un jour"}, "un jour n’est pas une année"),
        ({"Naissance": "1950"}, "n’est pas né en 1950"),
        ({"Niveau": "CM2"}, "Le niveau CM2"),
        ({"Niveau": "345"}, "Le niveau 345 n’est pas de la 6e à la 3e"),
        ({"Commune": "92160 Sceaux"}, "92160 n’est pas de Sceaux"),
        ({"UAI": "92"}, "92 n’est pas un code UAI"),
        ({"UAI": "0929999Z", "Collège": ""}, "n’est pas connu"),
        ({"UAI": "0929999Z", "Commune du collège": "Atlantis"}, "La commune Atlantis"),
        ({"Commune": "Atlantis"}, "La commune Atlantis"),
        ({"Commune": ""}, "La commune vide"),
        ({"Code INSEE": "ABC"}, "00ABC n’est le code INSEE d’aucune"),
        (
            {"Code INSEE": "75056", "UAI": "0751234A", "Code INSEE du collège": "75056"},
            "n’habite pas le département",
        ),
        ({"Inscrit": "peut-être"}, "au lieu de oui ou non"),
        (guardian(first_name="", last_name="", city="Paris"), "aucun responsable légal"),
        (guardian(last_name="MARTIN2"), "Responsable 1, MARTIN2 n’est pas un nom"),
        (guardian(username="inconnu"), "Aucun compte de famille n’a l’identifiant inconnu"),
        (guardian(last_name="", first_name="", email=""), "aucun responsable légal"),
        (
            guardian(2, last_name="MARTIN", first_name="Anne", email="anne@famille.example"),
            "la même personne",
        ),
    ],
)
def test_a_line_that_cannot_be_is_refused_and_the_others_are_not(said, reason):
    made = plan(LINA | ANNE | said, LINA | {"Numéro d’élève": "E0002"} | ANNE)

    [(row, told)] = made.refused
    assert row == 2
    assert reason in told.replace("\N{NO-BREAK SPACE}", " ")
    assert len(made.created) == 1


def test_the_same_pupil_twice_in_a_file():
    [(row, told)] = plan(LINA | ANNE, LINA | ANNE).refused

    assert (row, "ligne 2" in told) == (3, True)


def test_a_college_that_only_refused_lines_need_is_not_made():
    made = bring(
        LINA | {"UAI": "0929999Z", "Inscrit": "?!"} | ANNE, LINA | {"Numéro d’élève": "E0002"} | ANNE
    )

    assert made.new_names == {"Collèges nouveaux": ["Descartes (0920001X)"]}
    assert School.objects.count() == 1


def test_a_missing_column_is_named():
    content = roster(LINA).replace(b"Naissance", b"Anniversaire")

    with pytest.raises(NotReadable, match="Il manque la colonne Naissance"):
        Roster(COMMUNES, complete=False).plan(lambda: content, lambda done, rows: None)
