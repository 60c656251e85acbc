"""What a statement lists of one payment."""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Sum

from accounts.models import Beneficiary
from core.money import ZERO
from tickets.models import State
from wallets.models import Campaign, Kind

from ..models import Correction, Line, Naming, Payment
from ..models.releasable import ReleasableQuerySet

NOBODY = "\N{EN DASH}"


class TicketLine(NamedTuple):
    number: int
    ticket: int
    used_on: dt.datetime
    kind: Kind
    campaign: Campaign
    activity: str
    child: str
    amount: Decimal


class Subtotal(NamedTuple):
    """Of one wallet in one campaign; `paid` is what this organisme was paid of it before. Euros."""

    kind: Kind
    campaign: str
    tickets: int
    amount: Decimal
    paid: Decimal


def tickets_of(payment: Payment, naming: Naming) -> list[TicketLine]:
    lines = _living(payment).filter(ticket__isnull=False).order_by("use__used_at", "pk")
    lines = lines.select_related(
        "use__offer__activity", "ticket__wallet__beneficiary", "ticket__wallet__campaign"
    )
    return [
        TicketLine(
            number,
            line.ticket.number,
            line.use.used_at,
            Kind(line.ticket.wallet.kind),
            line.ticket.wallet.campaign,
            line.use.offer.activity.name,
            named(line.ticket.wallet.beneficiary, naming),
            line.amount,
        )
        for number, line in enumerate(lines, 1)
        if line.ticket and line.use
    ]


def corrections_of(payment: Payment) -> list[Correction]:
    lines = _living(payment).filter(correction__isnull=False).order_by("pk").select_related("correction")
    return [line.correction for line in lines if line.correction]


def subtotals(payment: Payment, lines: list[TicketLine]) -> list[Subtotal]:
    """The older campaign first, and Sport before Culture."""
    groups: dict[tuple[Campaign, Kind], list[Decimal]] = {}
    for line in lines:
        groups.setdefault((line.campaign, line.kind), []).append(line.amount)
    return [
        Subtotal(kind, campaign.name, len(amounts), sum(amounts, ZERO), _paid(payment, campaign, kind))
        for (campaign, kind), amounts in sorted(groups.items(), key=_in_order)
    ]


def _in_order(group: tuple[tuple[Campaign, Kind], Any]) -> tuple[dt.date, bool]:
    (campaign, kind), _ = group
    return campaign.opens_on, kind != Kind.SPORT


def named(child: Beneficiary, naming: Naming) -> str:
    """« Jean-Noël DURAND », « J.-N. D. », or nobody: one who was erased is nobody too."""
    if naming == Naming.NOBODY:
        return NOBODY
    if naming == Naming.NAMES:
        return child.full_name or NOBODY
    return " ".join(filter(None, map(_initials, (child.first_name, child.last_name)))) or NOBODY


def _initials(name: str) -> str:
    return "-".join(f"{part[0].upper()}." for part in name.split("-") if part)


def _paid(payment: Payment, campaign: Campaign, kind: Kind) -> Decimal:
    before = Line.objects.living().filter(
        payment__partner=payment.partner_id,
        payment__lt=payment.pk,
        ticket__state=State.PAID,
        ticket__wallet__campaign=campaign,
        ticket__wallet__kind=kind,
    )
    return before.aggregate(paid=Sum("amount"))["paid"] or ZERO


def _living(payment: Payment) -> ReleasableQuerySet[Line]:
    return Line.objects.living().filter(payment=payment)
