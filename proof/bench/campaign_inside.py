"""A campaign that is opened, undone, opened again, closed and reopened for the whole département."""

import resource
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import Beneficiary, User
from backoffice.acts.campaigns import BATCH
from core.money import ZERO
from tickets.figures import sums
from wallets import campaigns
from wallets.models import Campaign, Entry, Wallet
from wallets.tests.factories import days, make_campaign

STEPS: tuple[tuple[str, Callable[..., campaigns.Moved]], ...] = (
    ("ouverture", campaigns.open_campaign),
    ("son annulation", campaigns.undo_opening),
    ("ouverture de nouveau", campaigns.open_campaign),
    ("clôture", campaigns.close_campaign),
    ("réouverture", campaigns.reopen_campaign),
)


class Disagreement(Exception):
    """Children, euros and ledger do not say the same."""


def main() -> list[dict[str, Any]]:
    """Each step: how many seconds, the longest batch, children or wallets, euros. Raises Disagreement."""
    campaign = make_campaign(name="Banc")
    children = Beneficiary.objects.filter(is_enrolled=True, anonymised_at=None).count()
    due = children * (campaign.larger_share + campaign.smaller_share)
    return [_done(what, do, campaign, due) for what, do in STEPS]


def _done(what: str, do: Callable[..., campaigns.Moved], campaign: Campaign, due: Decimal) -> dict[str, Any]:
    """Batch after batch, as the page of the act; everything it moves is what all children are due."""
    if do is campaigns.close_campaign:
        Campaign.objects.filter(pk=campaign.pk).update(last_ticket_on=days(-1))
    agent = User.objects.filter(is_staff=True).order_by("pk")[0]
    number, euros, longest, start = 0, ZERO, 0.0, time.perf_counter()
    while True:
        began = time.perf_counter()
        moved = do(campaign_id=campaign.pk, limit=BATCH, actor=agent)
        if not moved.number:
            break
        longest = max(longest, time.perf_counter() - began)
        number, euros = number + moved.number, euros + moved.euros
    seconds = time.perf_counter() - start
    _check(what, campaign, euros, due)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "what": what,
        "seconds": seconds,
        "longest": longest,
        "number": number,
        "euros": str(euros),
        "peak": peak,
    }


def _check(what: str, campaign: Campaign, euros: Decimal, due: Decimal) -> None:
    """The account book, which knows only how many children there are, against the wallets and the ledger."""
    left = ZERO if what in {"son annulation", "clôture"} else due
    of_kinds = sums.of(sums.count(campaign)["kinds"], campaign, timezone.localdate())
    wrong = (
        euros != due
        or sum((kind.left for kind in of_kinds), ZERO) != left
        or any(kind.gap for kind in of_kinds)
        or Wallet.objects.filter(campaign=campaign).out_of_balance().exists()
        or Entry.objects.filter(wallet__campaign=campaign).ill_reversed().exists()
    )
    if wrong:
        raise Disagreement(f"{what} : {euros} au lieu de {due}, {of_kinds}")
