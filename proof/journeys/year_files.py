"""The directory and the roster of a year, as an agent brings them."""

import csv
import io

from django.utils import timezone

from backoffice.imports.directory.importer import COLUMNS
from backoffice.imports.roster.guardians import FIELDS
from backoffice.imports.roster.importer import Roster

PARTNERS, CHILDREN, BAD = 200, 1_000, 20
# The first line of the roster, whose name the hotline mishears.
FAMILY = {"Nom": "GAUTHIER", "Prénom": "Chloé"}
PARENT = {"last_name": "GAUTHIER", "first_name": "Inès", "email": "ines.gauthier@famille.example"}
TODAY = timezone.localdate()


def table(columns: tuple[str, ...], lines: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=";", restval="")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode("cp1252")


def directory_file() -> bytes:
    lines = [
        {
            "Nom": f"CLUB {number}",
            "Commune": "Sceaux",
            "Activités Sport": "Judo",
            "Activités Culture": "Chant",
        }
        for number in range(PARTNERS)
    ]
    return table(COLUMNS, lines)


def roster_file() -> bytes:
    """The last twenty lines cannot be: a level that is none, a commune that nobody knows, by turns."""
    lines = []
    for number in range(CHILDREN):
        line = {
            "Numéro d’élève": f"E{number:05}",
            "Nom": f"FAMILLE {number}",
            "Prénom": "Camille",
            "Naissance": str(TODAY.year - 12),
            "Niveau": "5e",
            "UAI": "0921234X",
            "Collège": "Marie-Curie",
            "Commune du collège": "Sceaux",
            "Commune": "Sceaux",
        }
        parent = {
            "last_name": line["Nom"],
            "first_name": "Claude",
            "email": f"famille{number}@famille.example",
        }
        if number == 0:
            line |= FAMILY
            parent = PARENT
        lines.append(
            line | {f"Responsable 1 {column}": parent.get(name, "") for column, name in FIELDS.items()}
        )
    for number in range(CHILDREN - BAD, CHILDREN):
        lines[number] |= {"Niveau": "CM2"} if number % 2 else {"Commune": "Atlantis"}
    return table(Roster.columns, lines)
