"""What a line of the roster says of a child, and whether that may be."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError

from accounts.births import check_birth_year, read_birth_year
from accounts.grades import agrees_with, read_grade, says_several
from accounts.identity import folded
from accounts.models import Beneficiary, Grade
from accounts.names import NO_NAMES, first_of_several, one_name
from backoffice.imports.lines import Edit
from core.spreadsheet_files.cells import read_yes
from core.spreadsheet_files.rows import Cells, RowRefused

from .names import check_name, read_name
from .places import Places

COLUMNS = (
    *("Numéro d’élève", "Nom", "Prénom", "Naissance", "Niveau", "UAI"),
    *("Collège", "Commune du collège", "Code INSEE du collège", "Commune", "Code INSEE", "Inscrit"),
)
LONGEST_NAME = 60
# A whole list has some tens of writings of it.
_read_grade = lru_cache(maxsize=2_000)(read_grade)


@dataclass(slots=True)
class Child:
    """The columns of a beneficiary that a roster says."""

    pupil_number: str
    first_name: str
    last_name: str
    birth_year: int
    grade: str
    school_id: str
    insee_code: str
    is_enrolled: bool

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def may_be(self, known: "Child") -> bool:
        """A name is corrected, or a year; a child of whom two of three differ is another one."""
        here, there = folded(self.first_name, self.last_name), folded(known.first_name, known.last_name)
        same = (here[0] == there[0], here[1] == there[1], self.birth_year == known.birth_year)
        return sum(same) >= 2

    def differing(self, known: "Child") -> tuple[str, ...]:
        """The columns that the line changes."""
        here, there = _columns(self), _columns(known)
        if here == there:
            return ()
        return _one(tuple(name for name, ours, its in zip(SAID, here, there, strict=True) if ours != its))

    def edits(self, known: "Child", columns: Iterable[str]) -> list[Edit]:
        """What they are and become, in French."""
        pairs = ((name, getattr(known, name), getattr(self, name)) for name in columns)
        return [(_label(name), _said(name, there), _said(name, here)) for name, there, here in pairs]

    def cells(self, places: Places) -> list[tuple[str, str]]:
        """Every column, as an agent reads it."""
        called = {
            "school_id": places.called_school(self.school_id),
            "insee_code": places.called_commune(self.insee_code),
        }
        return [(_label(name), called.get(name) or _said(name, getattr(self, name))) for name in SAID]


SAID = tuple(field.name for field in fields(Child))
_columns = attrgetter(*SAID)


class Births:
    """Years of birth as the lines of one file write them: some hundreds of writings, each read once."""

    def __init__(self) -> None:
        self._years: dict[str, int] = {}

    def year(self, text: str) -> int:
        """Raises RowRefused."""
        if year := self._years.get(text):
            return year
        try:
            year = read_birth_year(text)
            check_birth_year(year)
        except ValidationError as wrong:
            raise RowRefused(wrong.message) from wrong
        self._years[text] = year
        return year


def read_child(number: str, cells: Cells, places: Places, births: Births) -> Child:
    """Raises RowRefused."""
    grade = _read_grade(cells["Niveau"])
    if not grade:
        raise RowRefused(_no_grade(cells["Niveau"]))
    school = places.school(cells)
    home = places.insee_code(cells["Code INSEE"], cells["Commune"])
    places.refuse_foreigners(home, school)
    first_name, last_name = _names(cells)
    return Child(
        pupil_number=number,
        first_name=first_name,
        last_name=last_name,
        birth_year=births.year(cells["Naissance"]),
        grade=grade.value,
        school_id=school.uai,
        insee_code=home,
        # Who is on the roster goes to a collège, unless the line says « non ».
        is_enrolled=read_yes(cells, "Inscrit") is not False,
    )


def _no_grade(text: str) -> str:
    if says_several(text):
        return f"Le niveau {text} en dit plusieurs. Gardez celui de l’élève."
    return f"Le niveau {text or 'vide'} n’est pas de la 6e à la 3e."


def notes_on(child: Child, cells: Cells, today: dt.date) -> Iterator[str]:
    """What an agent should know of a line that is done all the same."""
    if not child.last_name:
        yield f"{child} n’a qu’un nom\N{NO-BREAK SPACE}: il est gardé en prénom."
    if first_of_several(first_name := read_name(cells["Prénom"])) != first_name:
        yield f"De {first_name}, {child.first_name} est gardé."
    if not agrees_with(grade := Grade(child.grade), child.birth_year, today):
        yield f"{child}, de {child.birth_year}, serait en {grade.label}\N{NO-BREAK SPACE}: vérifiez les deux."


def _names(cells: Cells) -> tuple[str, str]:
    """Raises RowRefused."""
    names = {"Prénom": first_of_several(read_name(cells["Prénom"])), "Nom": read_name(cells["Nom"])}
    for column, name in names.items():
        if len(name) > LONGEST_NAME:
            raise RowRefused(f"La case {column} a plus de {LONGEST_NAME}\N{NO-BREAK SPACE}caractères.")
    first_name, last_name = one_name(names["Prénom"], names["Nom"])
    if not first_name:
        raise RowRefused(NO_NAMES)
    try:
        for name in filter(None, (first_name, last_name)):
            check_name(name)
    except ValidationError as wrong:
        raise RowRefused(wrong.message) from wrong
    return first_name, last_name


def _said(name: str, value: Any) -> str:
    if name == "is_enrolled":
        return "oui" if value else "non"
    return Grade(value).label if name == "grade" else str(value)


@cache
def _one(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The same object for the same columns: eighty thousand lines change the level alone."""
    return columns


@cache
def _label(name: str) -> str:
    return str(Beneficiary._meta.get_field(name.removesuffix("_id")).verbose_name)  # type: ignore[union-attr]
