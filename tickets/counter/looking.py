"""A code becomes the ticket that an organisme may use."""

from collections.abc import Collection
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain
from typing import Any

from django.utils import timezone

from accounts.models import User
from core.compiled_query import CompiledQuery
from partners.models import Offer, Partner

from ..models import Ticket, TicketQuerySet
from . import tries
from .refusals import Miscopied, NotAtTheCounter, Unknown
from .typed import readings
from .verdict import why_not


@dataclass(frozen=True)
class Seen:
    """A ticket that may be used here. `repaired`: its code came by a keyboard set wrongly."""

    ticket: Ticket
    repaired: bool = False


def look(text: str, *, partner: Partner, actor: User) -> Seen:
    """The ticket that the text means. Raises NotAtTheCounter, whose try is kept, and TooManyTries."""
    tries.check(actor=actor, partner_id=partner.pk)
    try:
        return _seen(text, partner)
    except NotAtTheCounter as refusal:
        tries.note(refusal.why, text, actor=actor, partner_id=partner.pk)
        raise


def _seen(text: str, partner: Partner) -> Seen:
    meant = readings(text)
    if not meant:
        raise Miscopied
    found = {it.code: it for it in by_codes([reading.code for reading in meant])}
    for reading in meant:
        if ticket := found.get(reading.code):
            if refusal := why_not(ticket, partner):
                raise refusal
            return Seen(ticket, reading.repaired)
    raise Unknown


def shown_at_a_counter() -> TicketQuerySet:
    """With what a counter sees of a ticket, and no more."""
    return Ticket.objects.with_places().select_related("wallet__beneficiary")


by_codes = CompiledQuery(lambda codes: shown_at_a_counter().filter(code__in=codes).order_by("number"))


def newest_assigned(partner: Partner, most: int, **only: Any) -> list[Ticket]:
    """The newest of those that `assigned_to` finds, and that are `only` so. Each activity's are read from the
    end of their index, and no further than that: to sort all that wait would take as long as they are many.
    """
    waiting = Ticket.objects.usable_on(timezone.localdate()).filter(**only).order_by("-number")
    of_each = (
        waiting.filter(offer=offer).values_list("number", flat=True)[:most]
        for offer in Offer.objects.filter(partner=partner).values_list("pk", flat=True)
    )
    newest = nlargest(most, chain.from_iterable(of_each))
    return list(shown_at_a_counter().filter(number__in=newest).order_by("-number"))


def assigned_to(partner: Partner, numbers: Collection[int] = ()) -> TicketQuerySet:
    """The tickets that wait for it, which need no code: the family named this organisme. Newest first."""
    unused = shown_at_a_counter().usable_on(timezone.localdate()).filter(offer__partner=partner)
    return (unused.filter(number__in=numbers) if numbers else unused).order_by("-number")
