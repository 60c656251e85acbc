"""What an organisme took, by campaign."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Sum

from core.money import ZERO

from .models import OPEN_STATES, USED_STATES, State, Ticket


@dataclass
class Taken:
    """Tickets of one campaign, by state; amounts are in euros. Those cancelled are not among them."""

    campaign_id: int
    campaign: str
    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    euros: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))

    @property
    def used(self) -> tuple[int, Decimal]:
        return self._together(USED_STATES)

    @property
    def unused(self) -> tuple[int, Decimal]:
        """Those whose last day has passed too."""
        return self._together(OPEN_STATES)

    def _together(self, states: Iterable[State]) -> tuple[int, Decimal]:
        return sum(self.numbers[it] for it in states), sum((self.euros[it] for it in states), ZERO)


def taken_by(partner_id: int) -> list[Taken]:
    """The newest campaign first; one query."""
    rows = (
        Ticket.objects.filter(offer__partner=partner_id)
        .exclude(state=State.CANCELLED)
        .order_by("-wallet__campaign__opens_on", "wallet__campaign")
        .values_list("wallet__campaign", "wallet__campaign__name", "state")
        .annotate(Count("pk"), Sum("amount"))
    )
    found: dict[int, Taken] = {}
    for campaign_id, name, state, number, euros in rows:
        taken = found.setdefault(campaign_id, Taken(campaign_id, name))
        taken.numbers[state], taken.euros[state] = number, euros
    return list(found.values())
