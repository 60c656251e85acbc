"""A roster with broken lines."""

from accounts.tests.factories import in_letters
from backoffice.imports.roster.importer import Roster
from backoffice.tests.roster.rosters import BIRTH, COMMUNES

SHORT = ("Numéro d’élève", "Nom", "Prénom", "Naissance", "Niveau", "UAI", "Commune")
SAID = [*SHORT, *(f"Responsable 1 {column}" for column in ("nom", "prénom", "e-mail"))]


def lines(*numbers, **changed):
    """Lines of a file, each the cells of a child; `line_3` says what stands in its third line instead."""
    rest = f"{BIRTH};6e;0920001X;Antony;MARTIN;Anne"
    said = [f"{number};MARTIN;Zoé {in_letters(number)};{rest};{number}@famille.example" for number in numbers]
    made = [";".join(SAID), *said]
    for place, line in changed.items():
        made[int(place.removeprefix("line_")) - 1] = line
    return made


def compare(content, *, complete=False):
    content = content if isinstance(content, bytes) else "\n".join(content).encode()
    return Roster(COMMUNES, complete=complete).plan(lambda: content, lambda done, rows: None)
