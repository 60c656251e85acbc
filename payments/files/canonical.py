"""The canonical CSV: what the finance service takes without typing it again (docs/paiements.md)."""

from operator import itemgetter

from core.spreadsheets import as_csv

from ..models import Batch
from .rows import of_batch

COLUMNS = (
    *("lot", "exercice", "ligne", "tiers_code", "siret", "raison_sociale", "titulaire", "iban", "bic"),
    *("montant", "devise", "objet", "libelle_virement", "nature", "fonction", "service", "engagement"),
    *("reference_deliberation", "reference_convention", "nombre_tickets", "montant_sport", "montant_culture"),
    *("piece", "empreinte", "reference_bout_en_bout"),
)


def written(batch: Batch) -> bytes:
    """Raises AccountUnreadable."""
    columns = {name: itemgetter(name) for name in COLUMNS}
    return "".join(as_csv(columns, of_batch(batch))).encode()
