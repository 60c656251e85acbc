"""The formula: which of a child's two wallets has the larger share."""

from operator import attrgetter

from django.db import transaction

from accounts.models import User
from core.money import NBSP

from .exceptions import (
    FormulaSettled,
)
from .models import (
    FORMULA_GRANT,
    Kind,
)
from .reading import locked_breakdowns
from .services import grant


@transaction.atomic
def switch_formula(*, beneficiary_id: int, campaign_id: int, preferred: Kind, actor: User) -> None:
    """Exchange the shares of a child's two wallets, so that the `preferred` kind has the larger one.

    Its first ticket settles the formula (DOMAIN: « chosen by the family until its first ticket »). The
    exchange is two entries of the ledger, granted like the first shares. Asked for what is already so,
    it does nothing. Locks both wallets, in the order of their ids. Raises FormulaSettled.
    """
    locked = locked_breakdowns(beneficiary_id, campaign_id)
    if not all(one.wallet.is_open for one in locked):
        raise FormulaSettled(f"Cette campagne ne prend plus de tickets{NBSP}: sa formule ne change plus.")
    if any(one.is_touched for one in locked):
        raise FormulaSettled
    larger, smaller = sorted(locked, key=attrgetter("share"), reverse=True)
    difference = larger.share - smaller.share
    if not difference or larger.wallet.kind == preferred:
        return
    if larger.wallet.balance < difference:
        raise FormulaSettled(f"{larger.wallet} n’a plus assez de crédit{NBSP}: la formule ne change plus.")
    for one, amount in ((larger, -difference), (smaller, difference)):
        key, label = one.next_key(FORMULA_GRANT), "Changement de formule"
        grant(wallet_ids=[one.wallet.pk], key=key, amount=amount, label=label, actor=actor)
