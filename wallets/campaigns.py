"""Opening and closing a campaign, and their opposites, in batches. Amounts are in euros."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone

from accounts.models import Beneficiary, User
from core.money import ZERO
from core.money_fields import in_cents

from .exceptions import (
    CampaignHasTickets,
    CampaignOver,
    CeilingNotRaised,
)
from .models import (
    FORMULA_GRANT,
    REVERSES,
    Campaign,
    Entry,
    Kind,
    Nature,
    Wallet,
)
from .reading import breakdowns
from .services import grant, lapse, opposites


class Moved(NamedTuple):
    """The result of a batch: the number of children or wallets, and the euros moved."""

    number: int
    euros: Decimal


@transaction.atomic
def open_wallets(
    *, beneficiary_ids: Sequence[int], campaign_id: int, preferred: Kind, actor: User | None
) -> list[Entry]:
    """Give each child its two wallets of the campaign, the preferred kind receiving the larger share.

    Safe to run twice: a child who has a wallet keeps it as it is, unless its opening was undone; a grant
    is made once. Locks the wallets, in the order of their ids.
    """
    campaign = Campaign.objects.get(pk=campaign_id)
    Wallet.objects.bulk_create(
        [Wallet(beneficiary_id=pk, campaign=campaign, kind=kind) for pk in beneficiary_ids for kind in Kind],
        ignore_conflicts=True,
        batch_size=1000,
    )
    theirs = Wallet.objects.filter(campaign=campaign, beneficiary__in=beneficiary_ids)
    locked = breakdowns(theirs.locked().order_by("pk"))
    undone = [one.wallet.pk for one in locked if one.wallet.undone_at]
    Wallet.objects.filter(pk__in=undone).update(undone_at=None)
    due: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for one in locked:
        if one.wallet.undone_at or not one.granted_under(FORMULA_GRANT):
            due[one.wallet.kind, one.next_key(FORMULA_GRANT)].append(one.wallet.pk)
    made: list[Entry] = []
    for (kind, key), ids in due.items():
        amount = campaign.larger_share if kind == preferred else campaign.smaller_share
        label = "Dotation du département"
        made += grant(wallet_ids=ids, key=key, amount=amount, label=label, actor=actor)
    return made


def without_wallets(campaign_id: int) -> QuerySet[Beneficiary]:
    """The enrolled children that a campaign has given nothing yet, or whose opening was undone."""
    theirs = Wallet.objects.filter(beneficiary=OuterRef("pk"), campaign=campaign_id, undone_at=None)
    return Beneficiary.objects.filter(~Exists(theirs), is_enrolled=True, anonymised_at=None)


@transaction.atomic
def open_campaign(*, campaign_id: int, limit: int, actor: User) -> Moved:
    """Give the next `limit` enrolled children their wallets, and return how many got them.

    Every child begins with the larger share on Sport; its family may switch until its first ticket. Safe
    to run again, and by two agents at once. Locks the children of the batch, then their wallets: who is
    struck off or erased meanwhile is given nothing. Raises CampaignOver.
    """
    if timezone.localdate() > Campaign.objects.get(pk=campaign_id).last_ticket_on:
        raise CampaignOver
    ids = list(without_wallets(campaign_id).order_by("pk").values_list("pk", flat=True)[:limit])
    due = _still_due(_lock_children(ids), campaign_id)
    entries = open_wallets(beneficiary_ids=due, campaign_id=campaign_id, preferred=Kind.SPORT, actor=actor)
    return Moved(len(due), sum((entry.amount for entry in entries), ZERO))


def _lock_children(ids: Iterable[int]) -> list[int]:
    """Before their wallets. Tickets, which only refer to a child, do not wait. Those still enrolled, once
    they are locked."""
    children = Beneficiary.objects.filter(pk__in=ids, is_enrolled=True, anonymised_at=None)
    return list(children.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def _still_due(ids: Sequence[int], campaign_id: int) -> list[int]:
    """By the wallets of these children: a database that does not know yet how many a campaign has by now
    would compare each child with all of them."""
    theirs = Wallet.objects.filter(beneficiary__in=ids, campaign=campaign_id, undone_at=None)
    served = set(theirs.values_list("beneficiary", flat=True))
    return [pk for pk in ids if pk not in served]


@transaction.atomic
def undo_opening(*, campaign_id: int, limit: int, actor: User) -> Moved:
    """Take back from the next `limit` wallets all that they were given, by opposite entries.

    They stay, empty, until the campaign opens again. Safe to run again, and by two agents at once. Locks
    the wallets, in the order of their ids. Raises CampaignHasTickets, once a ticket was ever made.
    """
    ids = Wallet.objects.opened(campaign_id).order_by("pk").values_list("pk", flat=True)[:limit]
    list(Wallet.objects.locked().filter(pk__in=list(ids)).order_by("pk").values_list("pk", flat=True))
    # Under the lock: whoever was spending has spent by now, or will find nothing.
    if Entry.objects.spent_in(campaign_id):
        raise CampaignHasTickets
    due = list(Wallet.objects.opened(campaign_id).filter(pk__in=list(ids)).values_list("pk", flat=True))
    given = Entry.objects.filter(wallet__in=due, nature__in=REVERSES[Nature.UNDONE], reversed_by=None)
    made = opposites(given, nature=Nature.UNDONE, label="Ouverture annulée par le département", actor=actor)
    Wallet.objects.filter(pk__in=due).update(balance=ZERO, undone_at=timezone.now())
    return Moved(len(due), -sum((entry.amount for entry in made), ZERO))


def close_campaign(*, campaign_id: int, limit: int, actor: User) -> Moved:
    """Let the credit of the next `limit` wallets lapse, and return how many. Raises CampaignStillOpen."""
    ids = list(Wallet.objects.unspent(campaign_id).order_by("pk").values_list("pk", flat=True)[:limit])
    entries = lapse(wallet_ids=ids, actor=actor)
    return Moved(len(entries), -sum((entry.amount for entry in entries), ZERO))


@transaction.atomic
def reopen_campaign(*, campaign_id: int, limit: int, actor: User) -> Moved:
    """Give back to the next `limit` wallets what the closing took, by opposite entries.

    Not to who was erased, nor what a family gave up. Safe to run again, and by two agents at once. Locks
    the children, then their wallets, in the order of their ids.
    """
    next_ones = Wallet.objects.closed(campaign_id).order_by("pk")[:limit]
    found = list(next_ones.values_list("pk", "beneficiary"))
    _lock_children(child for _, child in found)
    locked = Wallet.objects.locked().filter(pk__in=[pk for pk, _ in found]).order_by("pk")
    ids = list(locked.values_list("pk", flat=True))
    due = list(Wallet.objects.closed(campaign_id).filter(pk__in=ids).values_list("pk", flat=True))
    lapses = Entry.objects.lapsed_by_closing()
    taken = lapses.order_by().filter(wallet=OuterRef("pk")).values("wallet").annotate(sum=Sum("amount"))
    back = Wallet.objects.filter(pk__in=due)
    number = back.update(balance=in_cents(F("balance") - Subquery(taken.values("sum"))))
    lapses = lapses.filter(wallet__in=due)
    made = opposites(lapses, nature=Nature.REVIVED, label="Crédit rétabli à la réouverture", actor=actor)
    return Moved(number, sum((entry.amount for entry in made), ZERO))


@transaction.atomic
def raise_ceiling(*, campaign_id: int, ceiling: Decimal) -> Decimal:
    """Let one agent alone correct up to `ceiling` euros a wallet; return what it was. Locks the campaign.

    Raises CeilingNotRaised.
    """
    before: Decimal = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id).correction_ceiling
    if ceiling <= before:
        raise CeilingNotRaised
    Campaign.objects.filter(pk=campaign_id).update(correction_ceiling=ceiling)
    return before
