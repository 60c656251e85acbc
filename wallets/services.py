"""The only writer of a balance. Every amount is in euros, with two places."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone

from accounts.models import Beneficiary, User
from core.money import NBSP

from .exceptions import (
    AlreadyReversed,
    BalanceChanged,
    CampaignHasTickets,
    CampaignOver,
    CampaignStillOpen,
    CeilingNotRaised,
    CorrectionKeyReused,
    FormulaSettled,
    InsufficientFunds,
    NoSupplement,
    OpeningUndone,
    SupplementGranted,
    SupplementNotGranted,
    SupplementSpent,
)
from .models import (
    FORMULA_GRANT,
    GIVEN_UP,
    REVERSES,
    SUPPLEMENT,
    ZERO,
    Campaign,
    Entry,
    Kind,
    Nature,
    Wallet,
    in_cents,
    with_movements,
)


class Moved(NamedTuple):
    """What a batch did: of how many children or wallets, and how many euros went in or out."""

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
    locked = with_movements(list(theirs.locked().order_by("pk")))
    undone = [wallet.pk for wallet in locked if wallet.undone_at]
    Wallet.objects.filter(pk__in=undone).update(undone_at=None)
    due: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for wallet in locked:
        if wallet.undone_at or not wallet.granted_under(FORMULA_GRANT):
            due[wallet.kind, wallet.next_key(FORMULA_GRANT)].append(wallet.pk)
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
    _lock_children(ids)
    due = list(without_wallets(campaign_id).filter(pk__in=ids).values_list("pk", flat=True))
    entries = open_wallets(beneficiary_ids=due, campaign_id=campaign_id, preferred=Kind.SPORT, actor=actor)
    return Moved(len(due), sum((entry.amount for entry in entries), ZERO))


def _lock_children(ids: Iterable[int]) -> None:
    """Before their wallets. Tickets, which only refer to a child, do not wait."""
    children = Beneficiary.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    list(children.values_list("pk", flat=True))


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
    made = _opposites(given, nature=Nature.UNDONE, label="Ouverture annulée par le département", actor=actor)
    Wallet.objects.filter(pk__in=due).update(balance=ZERO, undone_at=timezone.now())
    return Moved(len(due), -sum((entry.amount for entry in made), ZERO))


def _opposites(entries: QuerySet[Entry], *, nature: Nature, label: str, actor: User | None) -> list[Entry]:
    """Write the opposite of each. Their wallets are locked, and whoever calls keeps the balances."""
    return Entry.objects.bulk_create(
        [
            Entry(
                wallet_id=entry.wallet_id,
                amount=-entry.amount,
                nature=nature,
                label=label,
                reverses=entry,
                actor=actor,
            )
            for entry in entries.order_by("pk")
        ],
        batch_size=1000,
    )


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
    made = _opposites(lapses, nature=Nature.REVIVED, label="Crédit rétabli à la réouverture", actor=actor)
    return Moved(number, sum((entry.amount for entry in made), ZERO))


@transaction.atomic
def grant_supplement(*, beneficiary_id: int, campaign_id: int, actor: User) -> list[Entry]:
    """Credit both wallets of a child whose scholarship was checked: DOMAIN, « a separate, later credit ».

    Once a campaign, unless it was taken back. Locks both wallets. Raises NoSupplement, SupplementGranted,
    CampaignOver, OpeningUndone.
    """
    campaign = Campaign.objects.get(pk=campaign_id)
    if timezone.localdate() > campaign.last_ticket_on:
        raise CampaignOver
    if not campaign.supplement:
        raise NoSupplement
    locked = _locked_with_movements(beneficiary_id, campaign_id)
    if any(wallet.undone_at for wallet in locked):
        raise OpeningUndone
    entries = [
        entry
        for wallet in locked
        if not wallet.standing(SUPPLEMENT)
        for entry in grant(
            wallet_ids=[wallet.pk],
            key=wallet.next_key(SUPPLEMENT),
            amount=campaign.supplement,
            label="Supplément boursier",
            actor=actor,
        )
    ]
    if not entries:
        raise SupplementGranted
    return entries


@transaction.atomic
def take_back_supplement(*, beneficiary_id: int, campaign_id: int, actor: User) -> list[Entry]:
    """Take the supplement out of both wallets of a child, once; then it may be granted again.

    Locks both wallets. Raises SupplementNotGranted, SupplementSpent.
    """
    locked = _locked_with_movements(beneficiary_id, campaign_id)
    entries = [entry for wallet in locked for entry in wallet.standing(SUPPLEMENT)]
    if not entries:
        raise SupplementNotGranted
    balances = {wallet.pk: wallet for wallet in locked}
    for entry in entries:
        if (wallet := balances[entry.wallet_id]).balance < entry.amount:
            raise SupplementSpent(wallet.label, wallet.balance)
        Wallet.objects.filter(pk=wallet.pk).update(balance=in_cents(F("balance") - entry.amount))
    given = Entry.objects.filter(pk__in=[entry.pk for entry in entries])
    return _opposites(given, nature=Nature.UNDONE, label="Supplément boursier retiré", actor=actor)


def has_supplement(wallet: Wallet) -> bool:
    """Whether there is one to take back."""
    return bool(wallet.standing(SUPPLEMENT))


def why_no_supplement(wallet: Wallet) -> str:
    """As the office says it; `grant_supplement` decides under its lock."""
    if not wallet.campaign.supplement:
        return "cette campagne n’en a pas"
    theirs = Wallet.objects.filter(beneficiary=wallet.beneficiary_id, campaign=wallet.campaign_id)
    both = with_movements(list(theirs.in_order()))
    return "déjà accordé" if both and all(one.standing(SUPPLEMENT) for one in both) else ""


def _locked_with_movements(beneficiary_id: int, campaign_id: int) -> Sequence[Wallet]:
    theirs = Wallet.objects.filter(beneficiary=beneficiary_id, campaign=campaign_id)
    return with_movements(list(theirs.locked().select_related("campaign").order_by("pk")))


@transaction.atomic
def grant(
    *, wallet_ids: Sequence[int], key: str, amount: Decimal, label: str, actor: User | None
) -> list[Entry]:
    """Credit each wallet with `amount` under `key`, once: those that had it already are left alone.

    Locks the wallets, in the order of their ids. A whole département is granted in batches.
    """
    if amount == 0:
        return []
    locked = list(
        Wallet.objects.locked().filter(pk__in=wallet_ids).order_by("pk").values_list("pk", flat=True)
    )
    granted = set(Entry.objects.filter(wallet__in=locked, grant_key=key).values_list("wallet", flat=True))
    due = [pk for pk in locked if pk not in granted]
    Wallet.objects.filter(pk__in=due).update(balance=in_cents(F("balance") + amount))
    return Entry.objects.bulk_create(
        [
            Entry(wallet_id=pk, amount=amount, nature=Nature.GRANT, label=label, grant_key=key, actor=actor)
            for pk in due
        ],
        batch_size=1000,
    )


@transaction.atomic
def switch_formula(*, beneficiary_id: int, campaign_id: int, preferred: Kind, actor: User) -> None:
    """Exchange the shares of a child's two wallets, so that the `preferred` kind has the larger one.

    Its first ticket settles the formula (DOMAIN: « chosen by the family until its first ticket »). The
    exchange is two entries of the ledger, granted like the first shares. Asked for what is already so,
    it does nothing. Locks both wallets, in the order of their ids. Raises FormulaSettled.
    """
    locked = _locked_with_movements(beneficiary_id, campaign_id)
    if not all(wallet.is_open for wallet in locked):
        raise FormulaSettled(f"Cette campagne ne prend plus de tickets{NBSP}: sa formule ne change plus.")
    if any(wallet.is_touched for wallet in locked):
        raise FormulaSettled
    larger, smaller = sorted(locked, key=attrgetter("share"), reverse=True)
    difference = larger.share - smaller.share
    if not difference or larger.kind == preferred:
        return
    if larger.balance < difference:
        raise FormulaSettled(f"{larger} n’a plus assez de crédit{NBSP}: la formule ne change plus.")
    for wallet, amount in ((larger, -difference), (smaller, difference)):
        key, label = wallet.next_key(FORMULA_GRANT), "Changement de formule"
        grant(wallet_ids=[wallet.pk], key=key, amount=amount, label=label, actor=actor)


@contextmanager
def spending(*, wallet_id: int, amounts: Iterable[Decimal], label: str, actor: User) -> Iterator[list[Entry]]:
    """Take every one of `amounts` out of the wallet, or none, around what is written for their entries.

    In a transaction, which InsufficientFunds takes back. The debit comes last: one statement locks the
    wallet, decides and takes. Of two people who spend at the same time the second one waits there, no longer
    than a commit takes, and meets what the first one left.
    """
    amounts = list(amounts)
    total = sum(amounts, ZERO)
    yield Entry.objects.bulk_create(
        Entry(wallet_id=wallet_id, amount=-amount, nature=Nature.SPENDING, label=label, actor=actor)
        for amount in amounts
    )
    if not _holding(wallet_id, total).update(balance=in_cents(F("balance") - total)):
        raise InsufficientFunds(balance=Wallet.objects.get(pk=wallet_id).balance)


def _holding(wallet_id: int, total: Decimal) -> QuerySet[Wallet]:
    """The guard of the debit: no wallet, if it holds less by the time it is locked."""
    return Wallet.objects.filter(pk=wallet_id, balance__gte=total)


@transaction.atomic
def reverse(*, entry_id: int, label: str, actor: User) -> Entry:
    """Undo an entry with its opposite, once. Locks the wallet. Raises AlreadyReversed."""
    wallet = Wallet.objects.locked().get(entries=entry_id)
    entry = Entry.objects.get(pk=entry_id)
    if Entry.objects.filter(reverses=entry).exists():
        raise AlreadyReversed
    Wallet.objects.filter(pk=wallet.pk).update(balance=in_cents(F("balance") - entry.amount))
    return Entry.objects.create(
        wallet=wallet,
        amount=-entry.amount,
        nature=Nature.RETURN,
        label=label,
        reverses=entry,
        actor=actor,
    )


@transaction.atomic
def correct(*, wallet_id: int, amount: Decimal, key: uuid.UUID, actor: User) -> Entry:
    """Add `amount` euros to a wallet, or take them from it when negative; why is the audit's business.

    `key` comes with the form: sent twice, it corrects once. Locks the wallet. Raises InsufficientFunds,
    CorrectionKeyReused, CampaignOver, OpeningUndone.
    """
    wallet = Wallet.objects.locked().select_related("campaign").get(pk=wallet_id)
    if first := Entry.objects.filter(wallet=wallet, grant_key=key.hex).first():
        if first.amount != amount:
            raise CorrectionKeyReused
        return first
    if wallet.undone_at:
        raise OpeningUndone
    if amount > 0 and timezone.localdate() > wallet.campaign.last_ticket_on:
        raise CampaignOver
    if wallet.balance + amount < 0:
        raise InsufficientFunds(balance=wallet.balance)
    Wallet.objects.filter(pk=wallet_id).update(balance=in_cents(F("balance") + amount))
    return Entry.objects.create(
        wallet=wallet,
        amount=amount,
        nature=Nature.CORRECTION,
        label="Correction du département",
        grant_key=key.hex,
        actor=actor,
    )


@transaction.atomic
def lapse(*, wallet_ids: Sequence[int], actor: User | None) -> list[Entry]:
    """Take out of each wallet what was not spent in time (DOMAIN: « lapses at the last-ticket date »).

    Safe to run twice, and again after a late cancellation: what is empty stays as it is. Locks the
    wallets, in the order of their ids. Raises CampaignStillOpen.
    """
    locked = list(Wallet.objects.locked().select_related("campaign").filter(pk__in=wallet_ids).order_by("pk"))
    today = timezone.localdate()
    if any(today <= wallet.campaign.last_ticket_on for wallet in locked):
        raise CampaignStillOpen
    left = [wallet for wallet in locked if wallet.balance]
    Wallet.objects.filter(pk__in=[wallet.pk for wallet in left]).update(balance=ZERO)
    return Entry.objects.bulk_create(
        [
            Entry(
                wallet=wallet,
                amount=-wallet.balance,
                nature=Nature.LAPSE,
                label="Crédit non utilisé à temps",
                actor=actor,
            )
            for wallet in left
        ],
        batch_size=1000,
    )


@transaction.atomic
def give_up(*, beneficiary_id: int, amount: Decimal, actor: User) -> None:
    """Take all that is left out of a child's wallets, for who asks to be erased: the `amount` agreed to.

    Locks the wallets, in the order of their ids. Raises BalanceChanged.
    """
    locked = list(Wallet.objects.locked().filter(beneficiary=beneficiary_id).order_by("pk"))
    left = [wallet for wallet in locked if wallet.balance]
    if (total := sum((wallet.balance for wallet in left), ZERO)) != amount:
        raise BalanceChanged(total)
    Wallet.objects.filter(pk__in=[wallet.pk for wallet in left]).update(balance=ZERO)
    Entry.objects.bulk_create(
        Entry(wallet=wallet, amount=-wallet.balance, nature=Nature.LAPSE, label=GIVEN_UP, actor=actor)
        for wallet in left
    )
