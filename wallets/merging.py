"""The wallets of a child that has two rows: what of one goes to the other. Amounts are in euros.

A campaign gives a child one grant. What was spent from the double's wallet is spent from the kept one's, by
opposite entries; what the double was given is taken back. Nothing is rewritten, and no balance is negative.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Sum

from core.money import ZERO
from core.money_fields import in_cents

from .models import Entry, Nature, Wallet
from .services import opposites

# Of a spending that is now the kept wallet's.
GONE, COME = "Repris par la fiche gardée", "repris de la fiche en double"
TAKEN_BACK, OVERSPENT = "Dotation de la fiche en double, reprise", "Dépensé en trop par la fiche en double"


@dataclass(frozen=True)
class Pair:
    """A wallet of the double, and the kept child's of the same campaign and kind, if it has one."""

    double: Wallet
    kept: Wallet | None
    # On tickets of the double, those that were cancelled and given back left out.
    spent: Decimal

    @property
    def moves_whole(self) -> bool:
        """The kept child was given nothing there: the wallet becomes its own, as it is."""
        return self.kept is None

    @property
    def overspent(self) -> Decimal:
        """What the double spent beyond all that the kept wallet holds."""
        return max(ZERO, self.spent - self.kept.balance) if self.kept else ZERO

    @property
    def taken_back(self) -> Decimal:
        """Of what the double was given, all that no ticket needs."""
        held: Decimal = self.double.balance
        return held + self.spent - self.overspent if self.kept else ZERO

    @property
    def left(self) -> Decimal:
        """What the child has afterwards."""
        held: Decimal = (self.kept or self.double).balance
        return held + self.overspent - self.spent if self.kept else held


def pairs(*, double_id: int, kept_id: int) -> list[Pair]:
    """Of wallets that the caller has locked, if it is to write."""
    wallets = Wallet.objects.filter(beneficiary__in=[double_id, kept_id]).in_order()
    of_kept = {(it.campaign_id, it.kind): it for it in wallets if it.beneficiary_id == kept_id}
    net = Entry.objects.filter(wallet__beneficiary=double_id, nature__in=[Nature.SPENDING, Nature.RETURN])
    spent = dict(net.values_list("wallet").annotate(total=Sum("amount")).order_by())
    return [
        Pair(wallet, of_kept.get((wallet.campaign_id, wallet.kind)), -spent.get(wallet.pk, ZERO))
        for wallet in wallets
        if wallet.beneficiary_id == double_id
    ]


def lock(*, double_id: int, kept_id: int) -> None:
    """All wallets of both, in the order of their ids."""
    theirs = Wallet.objects.locked().filter(beneficiary__in=[double_id, kept_id]).order_by("pk")
    list(theirs.values_list("pk", flat=True))


def merge(*, both: Iterable[Pair], kept_id: int) -> dict[int, Entry]:
    """Empty the double's wallets for the kept child's; return the new entry of each spending that moved.

    In the transaction of a caller who locked the wallets, read `both` under the lock, and moves the tickets.
    """
    moved: dict[int, Entry] = {}
    for pair in both:
        if pair.kept is None:
            Wallet.objects.filter(pk=pair.double.pk).update(beneficiary=kept_id)
        else:
            moved |= _move(pair, pair.kept)
    return moved


def _move(pair: Pair, kept: Wallet) -> dict[int, Entry]:
    spendings = Entry.objects.spending().filter(wallet=pair.double)
    given_back = {*spendings.exclude(reversed_by=None).values_list("pk", flat=True)}
    of_double = list(spendings.order_by("pk"))
    standing = spendings.filter(reversed_by=None)
    opposites(standing, nature=Nature.RETURN, label=GONE, actor=None)
    key = f"fusion-{pair.double.pk}"
    for wallet, amount, label in (
        (pair.double, -(pair.double.balance + pair.spent), TAKEN_BACK),
        (kept, pair.overspent, OVERSPENT),
    ):
        if amount:
            Entry.objects.create(
                wallet=wallet, amount=amount, nature=Nature.CORRECTION, label=label, grant_key=key
            )
    # Each stays its author's.
    made = Entry.objects.bulk_create(
        Entry(
            wallet=kept,
            amount=entry.amount,
            nature=Nature.SPENDING,
            label=f"{entry.label}, {COME}"[:120],
            actor_id=entry.actor_id,
        )
        for entry in of_double
    )
    moved = {entry.pk: new for entry, new in zip(of_double, made, strict=True)}
    back = [moved[pk].pk for pk in given_back]
    opposites(Entry.objects.filter(pk__in=back), nature=Nature.RETURN, label="Ticket annulé", actor=None)
    Wallet.objects.filter(pk=pair.double.pk).update(balance=ZERO)
    Wallet.objects.filter(pk=kept.pk).update(balance=in_cents(F("balance") + pair.overspent - pair.spent))
    return moved
