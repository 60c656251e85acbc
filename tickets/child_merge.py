"""Two rows that are one child: guardians, tickets and euros go to the one that is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts import child_merge
from accounts.models import User
from wallets import merging
from wallets.merging import Pair

from .models import Order, Ticket


@dataclass(frozen=True)
class Merged:
    """What moved: the wallets as they were before, the guardians who came, how many tickets."""

    pairs: Sequence[Pair]
    came: Sequence[User]
    tickets: int


@transaction.atomic
def merge_children(*, double_id: int, kept_id: int) -> Merged:
    """Merge a child's second row into its first: it has one grant a campaign, its tickets, all guardians.

    The double's row stays, of nobody, with its pupil number, which rosters recognise. Locks both children,
    then their wallets, then the tickets, each in the order of their ids. Raises NotMergeable.
    """
    came = child_merge.merge_rows(double_id=double_id, kept_id=kept_id)
    merging.lock(double_id=double_id, kept_id=kept_id)
    # Under the lock: whoever was spending has spent by now, or will find nothing.
    both = merging.pairs(double_id=double_id, kept_id=kept_id)
    tickets = list(
        Ticket.objects.select_for_update(no_key=True)
        .filter(wallet__in=[pair.double.pk for pair in both])
        .order_by("pk")
    )
    moved = merging.merge(both=both, kept_id=kept_id)
    kept = {pair.double.pk: pair.kept for pair in both if pair.kept}
    going = [ticket for ticket in tickets if ticket.wallet_id in kept]
    for ticket in going:
        ticket.entry, ticket.wallet = moved[ticket.entry_id], kept[ticket.wallet_id]
    Ticket.objects.bulk_update(going, ["entry", "wallet"])
    for double, wallet in kept.items():
        Order.objects.filter(wallet=double).update(wallet=wallet)
    return Merged(both, came, len(tickets))
