"""Lines of a roster, and what an import makes of them."""

from django.db import transaction
from django.utils import timezone

from backoffice.imports.roster.guardians import FIELDS
from backoffice.imports.roster.importer import Roster
from partners.communes import Communes
from partners.models import Commune

COMMUNES = Communes(
    Commune(insee_code=code, name=name, postcode=postcode, latitude=latitude, longitude=2)
    for code, name, postcode, latitude in (
        ("92002", "Antony", "92160", 48),
        ("92071", "Sceaux", "92330", 49),
        ("92064", "Saint-Cloud", "92210", 50),
        ("92060", "Le Plessis-Robinson", "92350", 51),
        ("92040", "Issy-les-Moulineaux", "92130", 52),
        ("92004", "Asnières-sur-Seine", "92600", 53),
    )
)
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
    return Roster(COMMUNES, complete=complete).plan(lambda: roster(*lines), lambda done, rows: None)


@transaction.atomic
def bring(*lines, complete=False):
    return Roster(COMMUNES, complete=complete).apply(lambda: roster(*lines), lambda done, rows: None)


def outcome(made):
    return [len(made.created), len(made.changed), made.unchanged, len(made.refused)]


def reasons(*lines):
    return [reason for _, reason in plan(*lines).refused]
