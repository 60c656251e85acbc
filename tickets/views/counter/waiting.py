"""« Tickets », those that wait: ticked, one or many at a time, and used without their codes."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from core import typed_text
from partners.access import seat_or_404

from ... import list_search
from ...counter import reading
from ...counter.forms import UseForm
from ...counter.looking import assigned_to, newest_assigned
from ...counter.looking_at_many import MOST
from ...models import Way

PAGE_SIZE = 50
# As many as a telephone shows.
AT_A_GLANCE = 8


@require_safe
def waiting(request: SignedInRequest, partner_id: int) -> HttpResponse:
    """The newest first; « plus anciens » goes on from the last number shown."""
    seat = seat_or_404(request, partner_id)
    name = typed_text.name(request.GET.get("nom", ""))[:80]
    before = _number(request.GET.get("avant", ""))
    only: dict[str, Any] = {"wallet__beneficiary__in": list_search.children_called(name)} if name else {}
    if before:
        only["number__lt"] = before
    found = newest_assigned(seat.partner, PAGE_SIZE + 1, **only)
    tickets = found[:PAGE_SIZE]
    context = {
        "seat": seat,
        "name": name,
        "tickets": tickets,
        "total": reading.totals(tickets),
        "older": tickets[-1].number if len(found) > PAGE_SIZE else None,
        "is_long": bool(name or before) or len(tickets) > AT_A_GLANCE,
        "all_ticked": "cocher" in request.GET,
    }
    return render(request, "tickets/counter/waiting.html", context)


@require_safe
def confirm_ticked(request: SignedInRequest, partner_id: int) -> HttpResponse:
    """What is ticked, shown once more with its sum: a number opens nothing, so the address may have it."""
    seat = seat_or_404(request, partner_id)
    numbers = _ticked(request)
    if not numbers:
        messages.error(request, "Cochez au moins un ticket.")
        return redirect("tickets:waiting", partner_id)
    tickets = list(assigned_to(seat.partner, numbers))
    if len(tickets) < len(numbers):
        gone = len(numbers) - len(tickets)
        wait = "attendent" if gone > 1 else "attend"
        messages.info(request, f"Des tickets cochés, {gone} ne vous {wait} plus.")
    if not tickets:
        return redirect("tickets:waiting", partner_id)
    context = {
        "seat": seat,
        "tickets": tickets,
        "total": reading.totals(tickets),
        "form": UseForm(partner=seat.partner, tickets=tickets, initial={"way": Way.LIST}),
    }
    return render(request, "tickets/counter/confirm_many.html", context)


def _ticked(request: HttpRequest) -> list[int]:
    numbers = (int(it) for it in request.GET.getlist("ticket") if re.fullmatch(r"[0-9]{1,18}", it))
    return list(dict.fromkeys(numbers))[:MOST]


def _number(text: str) -> int:
    return int(text[:18]) if text.isdecimal() else 0
