"""The only writer of a balance. Every amount is in euros, with two places."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from operator import attrgetter

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import Beneficiary, User

from .exceptions import (
    AlreadyReversed,
    BalanceChanged,
    CampaignOver,
    CampaignStillOpen,
    CorrectionKeyReused,
    FormulaSettled,
    InsufficientFunds,
    NoSupplement,
    SupplementGranted,
)
from .models import FORMULA_GRANT, ZERO, Campaign, Entry, Kind, Nature, Wallet, in_cents, with_movements
from .money import NBSP


@transaction.atomic
def open_wallets(
    *, beneficiary_ids: Sequence[int], campaign_id: int, preferred: Kind, actor: User | None
) -> None:
    """Give each child its two wallets of the campaign, the preferred kind receiving the larger share.

    Safe to run twice: a child who has a wallet keeps it as it is, and a grant is made once.
    Locks the wallets it grants to.
    """
    campaign = Campaign.objects.get(pk=campaign_id)
    Wallet.objects.bulk_create(
        [Wallet(beneficiary_id=pk, campaign=campaign, kind=kind) for pk in beneficiary_ids for kind in Kind],
        ignore_conflicts=True,
        batch_size=1000,
    )
    wallets = list(Wallet.objects.filter(campaign=campaign, beneficiary__in=beneficiary_ids).order_by("pk"))
    for kind in Kind:
        amount = campaign.larger_share if kind == preferred else campaign.smaller_share
        ids = [wallet.pk for wallet in wallets if wallet.kind == kind]
        grant(wallet_ids=ids, key=FORMULA_GRANT, amount=amount, label="Dotation du département", actor=actor)


SUPPLEMENT = "supplément"


def without_wallets(campaign_id: int) -> QuerySet[Beneficiary]:
    """The enrolled children that a campaign has given nothing yet."""
    theirs = Wallet.objects.filter(beneficiary=OuterRef("pk"), campaign=campaign_id)
    return Beneficiary.objects.filter(~Exists(theirs), is_enrolled=True)


def open_campaign(*, campaign_id: int, limit: int, actor: User) -> int:
    """Give the next `limit` enrolled children their wallets, and return how many got them.

    Every child begins with the larger share on Sport; its family may switch until its first ticket. Safe
    to run again, and by two agents at once. Locks the wallets of the batch.
    """
    ids = list(without_wallets(campaign_id).order_by("pk").values_list("pk", flat=True)[:limit])
    open_wallets(beneficiary_ids=ids, campaign_id=campaign_id, preferred=Kind.SPORT, actor=actor)
    return len(ids)


def close_campaign(*, campaign_id: int, limit: int, actor: User) -> int:
    """Let the credit of the next `limit` wallets lapse, and return how many. Raises CampaignStillOpen."""
    ids = list(Wallet.objects.unspent(campaign_id).order_by("pk").values_list("pk", flat=True)[:limit])
    return len(lapse(wallet_ids=ids, actor=actor))


@transaction.atomic
def grant_supplement(*, beneficiary_id: int, campaign_id: int, actor: User) -> list[Entry]:
    """Credit both wallets of a child whose scholarship was checked: DOMAIN, « a separate, later credit ».

    Once a campaign. Locks both wallets. Raises NoSupplement, SupplementGranted, CampaignOver.
    """
    campaign = Campaign.objects.get(pk=campaign_id)
    if timezone.localdate() > campaign.last_ticket_on:
        raise CampaignOver
    if not campaign.supplement:
        raise NoSupplement
    ids = Wallet.objects.filter(beneficiary=beneficiary_id, campaign=campaign).values_list("pk", flat=True)
    entries = grant(
        wallet_ids=list(ids),
        key=SUPPLEMENT,
        amount=campaign.supplement,
        label="Supplément boursier",
        actor=actor,
    )
    if not entries:
        raise SupplementGranted
    return entries


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
    of_the_child = Wallet.objects.filter(beneficiary=beneficiary_id, campaign=campaign_id)
    locked = with_movements(list(of_the_child.locked().select_related("campaign").order_by("pk")))
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
        key = f"{FORMULA_GRANT}-{len(wallet.formula_grants) + 1}"
        grant(wallet_ids=[wallet.pk], key=key, amount=amount, label="Changement de formule", actor=actor)


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
    CorrectionKeyReused.
    """
    wallet = Wallet.objects.locked().get(pk=wallet_id)
    if first := Entry.objects.filter(wallet=wallet, grant_key=key.hex).first():
        if first.amount != amount:
            raise CorrectionKeyReused
        return first
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
    label = "Crédit abandonné, effacement demandé"
    Entry.objects.bulk_create(
        Entry(wallet=wallet, amount=-wallet.balance, nature=Nature.LAPSE, label=label, actor=actor)
        for wallet in left
    )
