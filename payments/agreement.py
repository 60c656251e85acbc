"""Whether tickets, lines, payments and batches agree. What these find, there must never be."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from core.money import ZERO
from core.money_fields import in_cents
from tickets.models import Dispute, State, Ticket

from .files import stored_totals
from .iban_keys import NotSealed
from .models import (
    APPROVED_STATES,
    Batch,
    BatchFile,
    BatchState,
    Correction,
    Fate,
    FileKind,
    Line,
    Outcome,
    Payment,
)


def faults() -> dict[str, QuerySet[Any]]:
    """By what is wrong, in French, the rows that are."""
    return {
        "Tickets en paiement ou payés sans ligne de paiement": _without_a_line(),
        "Lignes de paiement en désaccord avec leur ticket": _lines_at_odds(),
        "Contestations fondées dont la somme n’est pas reprise, ou pas celle du ticket": _ill_taken_back(),
        "Paiements dont le montant n’est pas la somme des lignes": _payments_at_odds(),
        "Paiements payés dont une ligne n’est plus tenue, ou rejetés dont une l’est": _ill_told(),
        "Lots dont le total approuvé n’est pas la somme des paiements": _batches_at_odds(),
        "Lots dont les fichiers ne font pas le total approuvé": _files_at_odds(),
    }


def _without_a_line() -> QuerySet[Ticket]:
    living = Line.objects.living().filter(ticket=OuterRef("pk"))
    return Ticket.objects.filter(~Exists(living), state__in=[State.IN_PAYMENT, State.PAID])


def _lines_at_odds() -> QuerySet[Line]:
    """Living ones: in payment until the payment is told paid, and then paid."""
    paid = Exists(Outcome.objects.filter(payment=OuterRef("payment"), fate=Fate.PAID))
    of_tickets = Line.objects.living().filter(ticket__isnull=False).annotate(is_paid=paid)
    agrees = Q(amount=F("ticket__amount"), use__ticket=F("ticket"), use__undone_at=None) & (
        Q(is_paid=True, ticket__state=State.PAID) | Q(is_paid=False, ticket__state=State.IN_PAYMENT)
    )
    return of_tickets.exclude(agrees)


def _ill_taken_back() -> QuerySet[Dispute]:
    """Where the use stays, the organisme owes its ticket, and the wallet had as much, or nothing."""
    corrections = Correction.objects.annotate(owed=in_cents(-F("amount")))
    owed = corrections.filter(ticket=OuterRef("use__ticket"), owed=OuterRef("use__ticket__amount"))
    repaid = Q(repaid_by=None) | Q(repaid_by__amount=F("use__ticket__amount"))
    return Dispute.objects.filter(~Exists(owed) | ~repaid, is_founded=True, use__undone_at=None)


def _payments_at_odds() -> QuerySet[Payment]:
    """Lines that were let go count: they say what the payment was."""
    total = Coalesce(in_cents(Sum("lines__amount")), ZERO)
    summed = Payment.objects.annotate(total=total, counted=Count("lines__ticket"))
    return summed.exclude(total=F("amount"), counted=F("tickets"))


def _ill_told() -> QuerySet[Payment]:
    rejected = Exists(Outcome.objects.filter(payment=OuterRef("pk"), fate=Fate.REJECTED))
    held = Exists(Line.objects.living().filter(payment=OuterRef("pk")))
    let_go = Exists(Line.objects.filter(payment=OuterRef("pk"), released_at__isnull=False))
    shown = Payment.objects.annotate(is_rejected=rejected, is_held=held, is_let_go=let_go)
    gone = Q(is_rejected=True) | Q(released_at__isnull=False)
    return shown.filter((gone & Q(is_held=True)) | (~gone & Q(is_let_go=True)))


def _batches_at_odds() -> QuerySet[Batch]:
    living = Q(payments__released_at=None)
    total = Coalesce(in_cents(Sum("payments__amount", filter=living)), ZERO)
    summed = Batch.objects.filter(state__in=APPROVED_STATES).annotate(
        total=total, counted=Count("payments", filter=living)
    )
    return summed.exclude(total=F("approved_total"), counted=F("approved_count"))


def _files_at_odds() -> QuerySet[Batch]:
    """Sent ones without files too."""
    kept = BatchFile.objects.filter(batch__state__in=APPROVED_STATES, kind__in=stored_totals.TOTALS)
    odd = [
        file.batch_id
        for file in kept.select_related("batch").iterator(chunk_size=1)
        if not _says_the_total(file)
    ]
    canonical = BatchFile.objects.filter(batch=OuterRef("pk"), kind=FileKind.CANONICAL)
    without = Q(~Exists(canonical), state__in=[BatchState.SENT, BatchState.SETTLED])
    return Batch.objects.filter(Q(pk__in=odd) | without)


def _says_the_total(file: BatchFile) -> bool:
    """One that no key opens says nothing."""
    try:
        return stored_totals.said_by(file) == file.batch.approved_total
    except NotSealed:
        return False
