"""Whatever a cell says: nothing crashes, and what is not kept as it is written is said."""

import unicodedata
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backoffice.imports.directory.values import TEXTS, activities_in, values_of
from backoffice.imports.mapping.contents import LOOKS, may_be
from backoffice.imports.roster.guardians import FIELDS, read_guardians
from core import typed_text
from core.spreadsheet_files.rows import Cells, RowRefused
from partners.models import Partner

WORDS = st.sampled_from(
    [
        *("92330", "SCEAUX", "Sceaux (92)", "F-92330", "M.", "Mme Dr", "et", "Luc", "Jean, Paul", "DUPONT"),
        *("néant", "-", "0699000001", "1,99E+08", "a@b", "Contact <a@club.example>", "www.club.example"),
        *("✓", "X", "oui", "12-mai-14", "2014,0", "S/S", "(classique, jazz)", "|", ";", "Zoe\N{CEDILLA}"),
    ]
)
ANY = st.text(max_size=30) | st.lists(WORDS, max_size=4).map(" ".join)
CELL = ANY.map(typed_text.line).filter(bool)


def letters(text):
    return [sign for sign in unicodedata.normalize("NFD", text) if unicodedata.category(sign)[0] == "L"]


@given(st.dictionaries(st.sampled_from([*FIELDS]), CELL))
def test_of_a_guardian(said):
    """An address, a town and a name keep every letter; a way to reach somebody is one, or is left aside."""
    try:
        people = [*read_guardians(Cells({f"Responsable 1 {column}": cell for column, cell in said.items()}))]
    except RowRefused:
        return
    for person in people:
        for column in ("adresse", "ville"):
            kept = letters(getattr(person, FIELDS[column]))
            assert kept == letters(said.get(column, "")) or person.notes
        for column in ("e-mail", "téléphone", "code postal"):
            assert getattr(person, FIELDS[column]) or column not in said or person.notes
        names = letters(f"{said.get('prénom', '')}{said.get('nom', '')}")
        kept = letters(f"{person.first_name}{person.last_name}")
        assert kept in (names, []) or _is_known_as_none(said, person)


def _is_known_as_none(said, person):
    """« néant » beside a name is no name; or it is said what was left out."""
    return person.notes or any(word.lower().strip() in {"néant", "x"} for word in said.values())


@given(st.dictionaries(st.sampled_from([*TEXTS, "Handicap", "Commune"]), CELL))
def test_of_an_organisme(said):
    notes: list[str] = []
    values = values_of(Cells(said), Partner(), notes)

    for column, name in TEXTS.items():
        assert column not in said or values.get(name) or notes
    assert values.get("address", "") in ("", said.get("Adresse"))
    assert values.get("postcode", "00000").isdecimal()


@given(CELL)
def test_of_its_activities(cell):
    known: Any = SimpleNamespace(spellings={})
    aside: list[str] = []
    names = [*activities_in(cell, known, aside)]

    if "," not in cell and ";" not in cell and "|" not in cell and not aside:
        assert names == [" ".join(cell.split())]
    assert all(name in " ".join(cell.split()) for name in names)


@given(st.sampled_from([*LOOKS, "Nom", "Commune", "Responsable 1 ville"]), st.lists(ANY, max_size=5))
def test_of_what_a_column_is_guessed_by(column, cells):
    may_be(column, cells)
