"""Lines of a roster, and what an import makes of them."""

from django.db import transaction
from django.utils import timezone

from backoffice.imports.roster.guardians import FIELDS
from backoffice.imports.roster.importer import Roster

COMMUNES = {"Antony": "92002", "Sceaux": "92071"}
BIRTH = timezone.localdate().year - 12
LINA = {
    "Numéro d’élève": "E0001",
    "Nom": "MARTIN",
    "Prénom": "Lina",
    "Naissance": str(BIRTH),
    "Niveau": "5e",
    "UAI": "0920001X",
    "Collège": "Descartes",
    "Commune du collège": "Antony",
    "Commune": "Sceaux",
}


def guardian(place=1, **said):
    return {f"Responsable {place} {column}": said[name] for column, name in FIELDS.items() if name in said}


ANNE = guardian(last_name="MARTIN", first_name="Anne", email="anne@famille.example")
PAUL = guardian(2, last_name="DURAND", first_name="Paul", email="paul@famille.example")


def roster(*lines):
    """A CSV of these lines, each a mapping of its columns."""
    rows = [";".join(line.get(column, "") for column in Roster.columns) for line in lines]
    return "\n".join([";".join(Roster.columns), *rows]).encode()


def plan(*lines, complete=False):
    return Roster(COMMUNES, complete=complete).plan(roster(*lines), lambda done, rows: None)


@transaction.atomic
def bring(*lines, complete=False):
    return Roster(COMMUNES, complete=complete).apply(roster(*lines), lambda done, rows: None)


def outcome(made):
    return [len(made.created), len(made.changed), made.unchanged, len(made.refused)]


def reasons(*lines):
    return [reason for _, reason in plan(*lines).refused]
