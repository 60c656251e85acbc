"""What is written of people around payments: who was called, and the reasons of agents.

The holder of an account that is paid on, or was, stays: what was paid must be told for ten years.
"""

from django.db.models import Model

from accounts.audit import FORGOTTEN
from payments.models import AccountReading, BankAccount, Correction, Hold, Outcome, ReturnLine

from .free_texts import Search, pages

GONE = FORGOTTEN["subject"]
# Each column for itself: what one agent wrote says nothing of what another did.
TEXTS: dict[type[Model], tuple[str, ...]] = {
    BankAccount: ("called_person", "called_number", "foreign_reason", "sharing_reason", "stop_reason"),
    Hold: ("clear_reason",),
    AccountReading: ("where",),
}


def forget(search: Search) -> None:
    for model, columns in TEXTS.items():
        rows = model._default_manager.all()
        for page in pages(rows, *columns):
            for place, column in enumerate(columns, 1):
                if naming := [row[0] for row in page if search.named(row[place])]:
                    rows.filter(pk__in=naming).update(**{column: GONE})
    never_paid = BankAccount.objects.filter(payments=None, sealed_iban="")
    for naming in search.naming(never_paid, "holder"):
        never_paid.filter(pk__in=naming).update(holder=GONE)
    _in_returns(search)
    for naming in search.naming(Correction.objects.all(), "reason"):
        Correction.objects.filter(pk__in=naming).forget()
    for naming in search.naming(Outcome.objects.exclude(reason=""), "reason"):
        Outcome.objects.filter(pk__in=naming).forget()


def _in_returns(search: Search) -> None:
    """The bank’s words, for as long as they stand in the lines of a file too."""
    for naming in search.naming(ReturnLine.objects.exclude(cells={}), "reason", "why", "cells"):
        lines = ReturnLine.objects.filter(pk__in=naming)
        lines.update(cells={})
        lines.exclude(reason="").update(reason=GONE)
        lines.exclude(why="").update(why=GONE)
