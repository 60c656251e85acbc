"""The titles that other programs give the columns of a roster."""

import pytest

from backoffice.imports.roster.importer import Roster

from .rosters import BIRTH, COMMUNES, LINA, outcome, roster

pytestmark = pytest.mark.django_db

SIECLE = {
    "INE": "E0001",
    "Nom de famille": "MARTIN",
    "Prénom 1": "Lina",
    "Date de naissance": f"12/05/{BIRTH}",
    "Division": "5A",
    "Libellé MEF": "5EME BILANGUE",
    "RNE": "0920001X",
    "Établissement": "Descartes",
    "Commune établissement": "ANTONY",
    "Ville": "SCEAUX",
    "Nom représentant légal 1": "MARTIN",
    "Prénom représentant légal 1": "Anne",
    "Courriel représentant légal 1": "anne@famille.example",
    "Tél portable représentant légal 1": "0699000001",
}
PRONOTE = {
    "Nom": "MARTIN",
    "Prénom": "Lina",
    "Né(e) le": f"12/05/{BIRTH}",
    "Classe": "5e 4",
    "N° INE": "E0001",
    "UAI": "0920001X",
    "Établissement": "Descartes",
    "Commune établissement": "Antony",
    "Ville": "Sceaux",
    "Resp. légal 1 Nom": "MARTIN",
    "Resp. légal 1 Prénom": "Anne",
    "Resp. légal 1 E-mail": "anne@famille.example",
    "Resp. légal 1 Téléphone portable": "06 99 00 00 01",
}


def plan(content):
    return Roster(COMMUNES, complete=False).plan(lambda: content, lambda done, rows: None)


@pytest.mark.parametrize("file", [SIECLE, PRONOTE])
def test_of_siecle_and_of_pronote(file):
    """admin.md § 2, 30-31: « il manque » seven columns, five."""
    made = plan("\n".join([";".join(file), ";".join(file.values())]).encode())

    assert made.refused == []
    [change] = made.created
    child, [guardian] = change.child, change.guardians
    assert (child.pupil_number, str(child), child.birth_year, child.grade) == (
        "E0001",
        "Lina MARTIN",
        BIRTH,
        "5",
    )
    assert (child.school_id, child.insee_code) == ("0920001X", "92071")
    assert (str(guardian), guardian.phone) == ("Anne MARTIN", "06 99 00 00 01")
    assert "pour Numéro d’élève" in " ".join(made.of_the_file)


def test_our_own_title_goes_before_another():
    content = roster(LINA | {"Responsable 1 nom": "MARTIN", "Responsable 1 prénom": "Anne"})
    titles, line = content.decode().splitlines()
    made = plan(f"{titles};Classe;Ville\n{line};2nde;Paris".encode())

    assert outcome(made) == [1, 0, 0, 0]
    assert made.of_the_file == ["Colonnes qui ne sont pas lues\N{NO-BREAK SPACE}: Classe, Ville."]
