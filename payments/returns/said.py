"""What a line of a return says, before anything is known of its payment."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from core.money import NBSP, NotAnAmount, parse_euros
from core.spelling import simplified
from core.spreadsheet_files.cells import NOTHING, refuse_no_values
from core.spreadsheet_files.rows import Row, RowRefused
from core.typed_dates import not_a_day, read_day
from core.typed_text import reference as as_reference
from payments.models import Fate

from .titles import AMOUNT, BORDEREAU, DATE, MANDAT, REASON, REFERENCE, STATUS

# As `Payment.reference`, however software spaces it.
OURS = re.compile(r"PASS[^A-Z0-9]*([0-9]{1,12})[^A-Z0-9]+([0-9]{1,12})")
# Simplified; the codes are those of ISO 20022, which banks give back.
PAID = {
    *("paye", "payee", "payes", "paid", "mandat paye", "paiement effectue", "regle", "reglee"),
    *("execute", "executee", "virement execute", "virement effectue", "effectue", "effectuee"),
    *("vire", "viree", "acquitte", "acquittee", "accc", "acsc"),
}
REJECTED = {
    *("rejete", "rejetee", "rejet", "rejected", "virement rejete", "paiement rejete", "mandat rejete"),
    *("retourne", "retournee", "virement retourne", "retour", "returned", "revenu", "rjct"),
}
# Characters that `Outcome` has room for; and that a sentence repeats of a cell.
LONGEST = {REASON: 300, MANDAT: 35, BORDEREAU: 35}
LONGEST_SHOWN = 40


class Said(NamedTuple):
    """`of`: a batch and a payment, by their numbers. `fate` is paid or rejected: whether it had been paid, no
    line knows. `amount`: euros, where there is a column of them.
    """

    of: tuple[int, int]
    fate: Fate
    on: dt.date
    reason: str
    mandat: str
    bordereau: str
    amount: Decimal | None


def said_by(row: Row) -> Said:
    """Raises RowRefused."""
    _leave_out_dashes(row)
    refuse_no_values(row, {REFERENCE, MANDAT, BORDEREAU})
    if row.doubt:
        # Of money nothing is guessed.
        raise RowRefused(row.doubt)
    of, fate, on = _payment(row.cells[REFERENCE]), _fate(row.cells[STATUS]), _day(row.cells[DATE])
    reason = row.cells[REASON] if fate == Fate.REJECTED else ""
    if fate == Fate.REJECTED and not reason:
        raise RowRefused(
            f"Un rejet dit son motif{NBSP}: l’organisme le lira. Remplissez la colonne {REASON}."
        )
    for column, longest in LONGEST.items():
        if len(row.cells[column]) > longest:
            raise RowRefused(f"La case {column} a plus de {longest}{NBSP}caractères. Abrégez-la.")
    mandat, bordereau, amount = row.cells[MANDAT], row.cells[BORDEREAU], _amount(row.cells[AMOUNT])
    return Said(of, fate, on, reason, mandat, bordereau, amount)


def _leave_out_dashes(row: Row) -> None:
    """« - » says that there is nothing to say."""
    for column in (MANDAT, BORDEREAU, REASON, AMOUNT):
        if NOTHING.fullmatch(row.cells[column]):
            del row.cells[column]


def _payment(cell: str) -> tuple[int, int]:
    if not cell:
        raise RowRefused(f"La case {REFERENCE} est vide. C’est celle du fichier transmis, comme PASS-4-12.")
    found = OURS.fullmatch(as_reference(cell))
    if not found:
        raise RowRefused(
            f"{cell[:LONGEST_SHOWN]} n’est pas une référence de lot. C’est celle du fichier transmis, comme "
            "PASS-4-12."
        )
    return int(found[1]), int(found[2])


def _fate(cell: str) -> Fate:
    word = simplified(cell)
    if word in PAID:
        return Fate.PAID
    if word in REJECTED:
        return Fate.REJECTED
    said = f"Le statut dit {cell[:LONGEST_SHOWN]}" if cell else "Le statut est vide"
    raise RowRefused(f"{said}{NBSP}: écrivez payé, ou rejeté. Enlevez la ligne tant que rien n’est revenu.")


def _day(cell: str) -> dt.date:
    if not cell:
        raise RowRefused("La date est vide. C’est celle du paiement, ou du rejet.")
    try:
        day = read_day(cell)
    except ValueError as wrong:
        raise RowRefused(not_a_day(cell)) from wrong
    if day > timezone.localdate():
        raise RowRefused(f"Le {day:%d/%m/%Y} n’est pas encore venu.")
    return day


def _amount(cell: str) -> Decimal | None:
    if not cell:
        return None
    try:
        return parse_euros(cell, digits=9)
    except NotAnAmount as wrong:
        raise RowRefused(f"Le montant dit {cell[:LONGEST_SHOWN]}. {wrong.sentence}") from wrong
