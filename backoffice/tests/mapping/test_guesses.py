"""Which column is proposed for which: by its title, and by what stands below it."""

import pytest
from django.utils import timezone

from backoffice.imports.importers import importer_of
from backoffice.imports.mapping.candidates import candidates, likely
from backoffice.imports.mapping.contents import may_be
from backoffice.imports.plans import titles_of
from backoffice.models import Sort

pytestmark = pytest.mark.django_db
BIRTH = timezone.localdate().year - 12
EACH = {
    "Numéro d’élève": "0123456789A",
    "Nom": "MARTIN",
    "Prénom": "Lina",
    "Naissance": f"12/05/{BIRTH}",
    "Niveau": "5e 4",
    "UAI": "0920001X",
    "Commune": "92330 SCEAUX",
    "Code INSEE": "92071",
    "Responsable 1 nom": "MARTIN",
    "Responsable 1 e-mail": "anne@famille.example",
    "Responsable 1 téléphone": "699000001",
    "Responsable 1 adresse": "4 rue du Bac",
    "Responsable 1 code postal": "92330",
    "Inscrit": "oui",
    "SIRET": "732 829 320 00074",
    "Site": "www.club.example",
    "Affilié depuis le": "01/09/2026",
    "Activités Sport": "Judo | Karaté",
}


def guessed(content, sort=Sort.ROSTER):
    titles = titles_of(importer_of(sort))
    first = candidates(content.encode(), titles)[0]
    return {column: first.titles[place] for column, place in likely(first, titles).items()}


def test_ne_is_no_pupil_number():
    """« Ne » (born) was proposed for the pupil number, being nearly « INE »."""
    rows = "\n".join(f"MARTIN;Lina;12/05/{BIRTH};5e 4;0920001X;Sceaux;Antony" for _ in range(5))
    found = guessed(f"Nom;Prenom;Ne;Classes;UAI;Communes;Vit\n{rows}")

    assert found["Naissance"] == "Ne"
    assert "Numéro d’élève" not in found


def test_a_title_whose_cells_contradict_it_is_not_proposed():
    line = f"{BIRTH};5e;0920001X;MARTIN;Sceaux;Antony;Paris"
    content = f"Numéro élèves;Noms;Date de naissances;Niveaux;X;Y;Z\n{line}\n{line}"

    assert guessed(content).keys() & {"Naissance", "Niveau", "Numéro d’élève"} == set()


def test_the_cells_part_two_titles_that_are_alike():
    content = "Nom du club;Commune du club;E-mails;Sports proposés\nJUDO CLUB;Antony;j@club.example;Judo"
    found = guessed(content, Sort.DIRECTORY)

    assert found.get("E-mail") == "E-mails"


def test_of_two_that_are_as_like_neither_is_proposed():
    content = "Nom;Commune;Telephones 1;Telephones 2;Sport\nJUDO;Antony;0199001058;0199001059;Judo"

    assert "Téléphone" not in guessed(content, Sort.DIRECTORY)


@pytest.mark.parametrize("column", EACH)
def test_what_each_column_holds(column):
    assert may_be(column, [EACH[column]])
    assert may_be(column, [])
    assert may_be(column, [EACH[column], EACH[column], "?"])


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        *(("Numéro d’élève", cell) for cell in (f"12/05/{BIRTH}", f"{BIRTH}0512", "0920001X", "Lina")),
        *(("Prénom", cell) for cell in ("5e", "anne@famille.example", "12/05/2014", "0699000001")),
        *(("Naissance", cell) for cell in ("5e", "MARTIN", "0920001X", "92330")),
        *(("Niveau", cell) for cell in ("MARTIN", "2014", "0920001X", "345")),
        *(("Commune", cell) for cell in ("0920001X", "anne@famille.example", "oui", "0699000001")),
        *(("Activités Sport", cell) for cell in ("oui", "X", "0699000001")),
    ],
)
def test_what_it_does_not(column, cell):
    assert not may_be(column, [cell, cell, EACH[column]])
