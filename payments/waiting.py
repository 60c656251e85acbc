"""What an organisme is owed, and no approved payment holds yet; and why."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.money import ZERO
from core.money_fields import in_cents
from partners.models import Partner
from tickets.counter.reading import Amount
from tickets.models import State, Use

from . import accounts, calendar, reasons
from .anomalies import Found, examination
from .due import midnight_after
from .models import (
    APPROVED_STATES,
    CLEARABLE,
    AccountState,
    Anomaly,
    BankAccount,
    Batch,
    Correction,
    Hold,
    Line,
    of_organisme,
)

OF_ACCOUNTS = (Anomaly.NO_ACCOUNT, Anomaly.ACCOUNT_CHANGED, Anomaly.ACCOUNT_SHARED)
DISPUTED = Q(dispute__isnull=False, dispute__decided_at=None)
UNDISPUTED = Q(dispute=None) | Q(dispute__decided_at__isnull=False)


@dataclass(frozen=True)
class Waiting:
    """Euros. `next` are the tickets of the next batch, `later` those of the one after."""

    tickets: Amount
    next: Amount
    later: Amount
    disputed: Amount
    corrections: list[Correction]
    reasons: list[str]
    # Whether one of them is its account's.
    is_for_the_account: bool
    cut_off: calendar.CutOff

    @property
    def corrected(self) -> Decimal:
        return sum((correction.amount for correction in self.corrections), ZERO)

    @property
    def soon(self) -> Decimal:
        """What the next batch would take; negative, it is a debt that is carried."""
        return self.next.euros + self.corrected

    @property
    def is_empty(self) -> bool:
        return not (self.tickets.number or self.corrections)


def of(partner: Partner) -> Waiting:
    cut_off = calendar.next_one()
    after = midnight_after(cut_off.last_day)
    groups = {
        "tickets": Q(),
        "next": UNDISPUTED & Q(used_at__lt=after),
        "later": UNDISPUTED & Q(used_at__gte=after),
        "disputed": DISPUTED,
    }
    numbers = {f"{name}_number": Count("pk", filter=each) for name, each in groups.items()}
    sums = {
        f"{name}_euros": Coalesce(in_cents(Sum("ticket__amount", filter=each)), ZERO)
        for name, each in groups.items()
    }
    found = _uses(partner.pk).aggregate(**numbers, **sums)
    amounts = {name: Amount(found[f"{name}_number"], found[f"{name}_euros"]) for name in groups}
    corrections = list(_corrections(partner.pk))
    total = amounts["tickets"].euros + sum((it.amount for it in corrections), ZERO)
    found_to_wait = _found(partner, total) if amounts["tickets"].number or corrections else []
    return Waiting(
        **amounts,
        corrections=corrections,
        reasons=_told(partner, found_to_wait),
        is_for_the_account=any(each.anomaly in OF_ACCOUNTS for each in found_to_wait),
        cut_off=cut_off,
    )


def _uses(partner_id: int) -> QuerySet[Use]:
    """Those of a batch that is not approved too: it is not shown, and may be given up."""
    shown = Line.objects.living().filter(use=OuterRef("pk"), payment__batch__state__in=APPROVED_STATES)
    unpaid = Use.objects.living().filter(ticket__state__in=[State.USED, State.IN_PAYMENT])
    return unpaid.filter(of_organisme(partner_id, "offer__partner")).filter(~Exists(shown))


def _corrections(partner_id: int) -> QuerySet[Correction]:
    shown = Line.objects.living().filter(correction=OuterRef("pk"), payment__batch__state__in=APPROVED_STATES)
    return Correction.objects.filter(of_organisme(partner_id)).filter(~Exists(shown)).order_by("pk")


def _found(partner: Partner, total: Decimal) -> list[Found]:
    today = timezone.localdate()
    examined = examination(accounts.of_partners([partner.pk], today), [partner.pk], today)
    return [*examined.standing(partner, total), *_looked_into(partner.pk)]


def _told(partner: Partner, found: list[Found]) -> list[str]:
    if not found:
        return []
    pending = BankAccount.objects.filter(partner=partner, state__in=[AccountState.ASKED, AccountState.CALLED])
    return list(reasons.told(found, is_verifying=pending.exists()))


def _looked_into(partner_id: int) -> list[Found]:
    """What held them as the last batch was approved: an agent looks into it."""
    last = Batch.objects.filter(state__in=APPROVED_STATES).order_by("-pk").values("pk")[:1]
    held = Hold.objects.filter(of_organisme(partner_id), batch=Subquery(last), cleared_at=None)
    of_uses = held.filter(anomaly__in=CLEARABLE).order_by("pk")
    return [Found(Anomaly(anomaly)) for anomaly in of_uses.values_list("anomaly", flat=True)]
