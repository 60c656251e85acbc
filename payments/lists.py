"""The lines of a payment as a spreadsheet: they add up to what was paid, corrections included."""

from collections.abc import Callable
from typing import Any

from core.spreadsheets import Columns

from .models import Line


def _of_use(cell: Callable[[Any], Any]) -> Callable[[Line], Any]:
    return lambda line: cell(line.use) if line.use else None


COLUMNS: Columns = {
    "Utilisé le": _of_use(lambda use: use.used_at),
    "Ticket": lambda line: line.ticket_id,
    "Enfant": _of_use(lambda use: use.child_name),
    "Porte-monnaie": _of_use(lambda use: use.ticket.wallet.get_kind_display()),
    "Activité": _of_use(lambda use: use.offer.activity.name),
    "Montant": lambda line: line.amount,
    "Correction": lambda line: line.correction.reason if line.correction else None,
}
