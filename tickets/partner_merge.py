"""Two organismes that are one: what one of them has goes to the other, and it leads there."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Sum

from core.money import ZERO
from partners import merged_members
from partners.exceptions import NotMergeable
from partners.models import Offer, Partner
from partners.services import directory_changed

from .models import USED_STATES, Order, Ticket, Use

# What the kept one takes from the other where it says nothing. Each stands and falls as a whole.
FILLED = (
    *(("siret",), ("rna",), ("phone",), ("email",), ("website",)),
    *(("address", "postcode"), ("latitude", "longitude")),
)


@dataclass(frozen=True)
class Held:
    """The tickets of an organisme, in all states; amounts are in euros."""

    tickets: int
    euros: Decimal
    used: int
    used_euros: Decimal


def held_by(partner_id: int) -> Held:
    theirs = Ticket.objects.filter(offer__partner=partner_id)
    all_of = theirs.aggregate(number=Count("pk"), euros=Sum("amount"))
    used = theirs.filter(state__in=USED_STATES).aggregate(number=Count("pk"), euros=Sum("amount"))
    return Held(all_of["number"], all_of["euros"] or ZERO, used["number"], used["euros"] or ZERO)


def filled(double: Partner, kept: Partner) -> dict[str, object]:
    """The fields of `kept` that say nothing, as `double` says them."""
    return {
        name: getattr(double, name)
        for names in FILLED
        if not any(getattr(kept, name) not in ("", None) for name in names)
        for name in names
        if getattr(double, name) not in ("", None)
    }


@transaction.atomic
def merge_partners(*, double_id: int, kept_id: int) -> Held:
    """Move the offers and tickets of one organisme to another, and let its page lead there.

    Its row stays, closed, with its name and its numbers, which imports recognise. Ledger and journal are not
    touched. Who was merged into it leads to the kept one too: there are no chains. Locks the directory, both
    organismes in the order of their ids, tickets, offers. Raises NotMergeable.
    """
    both = _lock(double_id, kept_id)
    if len(both) != 2 or any(partner.merged_into_id for partner in both.values()):
        raise NotMergeable
    held = held_by(double_id)
    _move_offers(double_id, kept_id)
    merged_members.move(double_id, kept_id)
    double, kept = both[double_id], both[kept_id]
    taken = filled(double, kept)
    # Before the kept one has them: each number is one organisme's.
    blank = {name: "" for name in ("siret", "rna") if name in taken}
    Partner.objects.filter(pk=double_id).update(merged_into=kept_id, **blank)
    Partner.objects.filter(merged_into=double_id).update(merged_into=kept_id)
    if taken:
        Partner.objects.filter(pk=kept_id).update(**taken)
    return held


def _lock(*partner_ids: int) -> dict[int, Partner]:
    # As an import does: of the two one waits.
    directory_changed()
    locked = Partner.objects.select_for_update().filter(pk__in=partner_ids).order_by("pk")
    return {partner.pk: partner for partner in locked}


def _move_offers(double_id: int, kept_id: int) -> None:
    """Those that the kept one has already become its own: tickets follow, the double's go."""
    offers = Offer.objects.filter(partner=double_id).order_by("pk")
    ids = list(offers.values_list("pk", flat=True))
    tickets = Ticket.objects.filter(offer__in=ids).order_by("pk")
    list(tickets.select_for_update(no_key=True).values_list("pk", flat=True))
    # Whoever makes a ticket for one of them at this moment has it made before this, or is refused.
    list(offers.select_for_update().values_list("pk", flat=True))
    own = {(it.activity_id, it.kind): it for it in Offer.objects.filter(partner=kept_id)}
    for offer in offers:
        if same := own.get((offer.activity_id, offer.kind)):
            Order.objects.filter(offer=offer).update(offer=same)
            Ticket.objects.filter(offer=offer).update(offer=same)
            Use.objects.filter(offer=offer).update(offer=same)
            if same.ends_on and (offer.ends_on is None or offer.ends_on > same.ends_on):
                Offer.objects.filter(pk=same.pk).update(ends_on=offer.ends_on)
            offer.delete()
    offers.update(partner=kept_id)
