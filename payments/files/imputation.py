"""What each wallet is charged, and under which codes of the finance software."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import Count

from core.money import ZERO
from wallets.models import Kind

from ..models import AccountingCodes, Batch, Line, PartnerAccounting, Payment

CODES = ("nature", "fonction", "service", "engagement")


def by_kind(payment: Payment) -> dict[Kind, Decimal]:
    """Euros. A correction goes to the larger one, and its rest to the other: neither is below zero."""
    amounts = {Kind.SPORT: payment.sport, Kind.CULTURE: payment.culture}
    larger, other = sorted(amounts, key=lambda kind: -amounts[kind])
    amounts[larger] += payment.corrected
    if amounts[larger] < ZERO:
        amounts[other] += amounts[larger]
        amounts[larger] = ZERO
    return amounts


def tickets_by_kind(batch: Batch) -> dict[tuple[int, str], int]:
    """Of each payment and wallet, in one query."""
    lines = Line.objects.living().filter(payment__batch=batch, ticket__isnull=False).order_by()
    rows = lines.values_list("payment", "ticket__wallet__kind").annotate(Count("pk"))
    return {(payment, kind): tickets for payment, kind, tickets in rows}


def codes_of(
    kinds: Sequence[Kind], known: Mapping[str, AccountingCodes], partner: PartnerAccounting
) -> dict[str, str]:
    """Where two wallets have two codes, both: « 6568 + 65738 »."""
    found = {}
    for code in CODES:
        each = {getattr(known[kind], code): None for kind in kinds if kind in known}
        found[code] = " + ".join(filter(None, each))
    return found | ({"engagement": partner.engagement} if partner.engagement else {})
