"""« Relevé de mes transactions »: the newest tickets first, of all campaigns or of one."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, child_or_404
from core.compiled_query import CompiledQuery
from wallets.models import Campaign, LateCancellation, Wallet

from ..lines import TicketLine, columns, lines
from ..models import State, Ticket
from .ticked import ticked_numbers

PAGE_SIZE = 50
# Greater than any number.
NO_TICKET = 10**18

_wallets_of = CompiledQuery(lambda child: Wallet.objects.in_order().filter(beneficiary=child))
_tickets_before = CompiledQuery(
    lambda child, wallets, states, number: columns(
        Ticket.objects.of(child).filter(wallet__pk__in=wallets, state__in=states, number__lt=number)
    )[: PAGE_SIZE + 1]
)
_tickets_after = CompiledQuery(
    lambda child, wallets, states, number: columns(
        Ticket.objects.of(child)
        .filter(wallet__pk__in=wallets, state__in=states, number__gt=number)
        .order_by("number")
    )[: PAGE_SIZE + 1]
)


@require_safe
def statement(request: SignedInRequest, public_id: str) -> HttpResponse:
    """« Plus anciens » goes on from the last number shown, « plus récents » back from the first; either takes
    along what is ticked, so that tickets of several pages are printed together.
    """
    beneficiary = child_or_404(request, public_id)
    wallets = {wallet.pk: wallet for wallet in _wallets_of(beneficiary.pk)}
    campaigns = list(dict.fromkeys(wallet.campaign for wallet in wallets.values()))[::-1]
    chosen = next((c for c in campaigns if str(c.pk) == request.GET.get("campagne")), None)
    wanted = [pk for pk, wallet in wallets.items() if chosen in (None, wallet.campaign)]
    show_cancelled = "annules" in request.GET
    states = [state for state in State if show_cancelled or state != State.CANCELLED]
    found, is_newest, is_oldest = _page(request, (beneficiary.pk, wanted, states))
    shown = lines(found, wallets)
    ticked, here = ticked_numbers(request), {str(ticket.number) for ticket in shown}
    context = {
        "beneficiary": beneficiary,
        "tickets": shown,
        "campaigns": campaigns,
        "chosen": chosen,
        "cancelling": _cancelling(shown),
        "show_cancelled": show_cancelled,
        "all_ticked": "cocher" in request.GET,
        "ticked": ticked,
        "ticked_elsewhere": [number for number in ticked if number not in here],
        "tick_url": _here(request, here, cocher="" if "cocher" in request.GET else "tout"),
        "untick_url": _here(request, ticked, cocher=""),
        "older": None if is_oldest else shown[-1].number,
        "newer": None if is_newest else shown[0].number,
    }
    return render(request, "tickets/statement.html", context)


def _page(request: HttpRequest, wanted: tuple[int, list[int], list[State]]) -> tuple[list[Any], bool, bool]:
    """The rows of the tickets to show, and whether none is newer, or older, than they are."""
    if after := _number(request.GET.get("apres", "")):
        found = list(_tickets_after(*wanted, after))
        if found:
            return found[:PAGE_SIZE][::-1], len(found) <= PAGE_SIZE, False
    before = _number(request.GET.get("avant", ""))
    found = list(_tickets_before(*wanted, before or NO_TICKET))
    return found[:PAGE_SIZE], not (before and found), len(found) <= PAGE_SIZE


def _number(text: str) -> int:
    return int(text[:18]) if text.isdecimal() else 0


def _here(request: HttpRequest, unticked: Collection[str], **changes: str) -> str:
    """This page without these ticks, and with other parameters; an empty one goes."""
    query = request.GET.copy()
    query.setlist("ticket", [number for number in ticked_numbers(request) if number not in unticked])
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def _cancelling(shown: Sequence[TicketLine]) -> Iterable[tuple[Campaign, LateCancellation | None]]:
    """Until when the unused tickets of this page can be cancelled, said once for each campaign."""
    unused = [ticket for ticket in shown if ticket.displayed_state == State.UNUSED]
    today = timezone.localdate()
    campaigns = dict.fromkeys(ticket.wallet.campaign for ticket in unused)
    return [(campaign, campaign.late_cancellation_on(today)) for campaign in campaigns]
