"""The tickets a child has: list, look, print, cancel."""

import re
from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.access import (
    SignedInRequest,
    child_or_404,
    is_half_way_in,
    keep_address,
    second_factor_first,
)
from accounts.models import Beneficiary
from core import codes, throttle
from core.exceptions import Refusal
from core.money import NBSP
from partners.models import Partner

from .. import disputes, limits, pdf, services, throttle_policies
from ..exceptions import CancellationTooLate, TicketNotCancellable
from ..models import State, Ticket
from ..reading import deeds
from .ticked import MOST_PRINTED, statement_with, ticked_numbers


@require_safe
def detail(request: SignedInRequest, public_id: str, number: int) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    ticket = get_object_or_404(Ticket.objects.of(beneficiary).with_places().with_people(), number=number)
    context = {
        "beneficiary": beneficiary,
        "ticket": ticket,
        "deeds": deeds(ticket),
        "dispute": disputes.of_living_use(ticket),
    }
    return render(request, "tickets/detail.html", context)


@require_GET
def print_tickets(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The ticked tickets, or all unused ones, as one PDF.

    A GET: telephones fetch a PDF a second time, and never by POST.
    """
    beneficiary = child_or_404(request, public_id)
    ticked = [number for number in request.GET.getlist("ticket") if number]
    back = redirect(statement_with(ticked_numbers(request), public_id))
    if "tous" in request.GET:
        unused = Ticket.objects.of(beneficiary).usable_on(timezone.localdate())
        ticked = [str(number) for number in unused.values_list("number", flat=True)]
    if not ticked:
        messages.error(request, "Cochez « Imprimer » sur au moins un ticket.")
        return back
    if len(ticked) > MOST_PRINTED:
        messages.error(request, f"Imprimez {MOST_PRINTED} tickets à la fois, pas davantage.")
        return back
    numbers = {int(number) for number in ticked if re.fullmatch(r"[0-9]{1,18}", number)}
    of_the_child = Ticket.objects.with_beneficiary().filter(wallet__beneficiary=beneficiary)
    tickets = list(of_the_child.filter(number__in=numbers).order_by("-number"))
    if len(tickets) < len(set(ticked)):
        raise Http404
    if any(ticket.displayed_state != State.UNUSED for ticket in tickets):
        messages.error(request, "Seul un ticket « Non utilisé » peut être imprimé.")
        return redirect("tickets:statement", public_id)
    throttle.count(throttle_policies.PDF, request, account=request.user.username)
    document = pdf.render(tickets)
    services.record_printing(ticket_ids=numbers, actor=request.user)
    filename = "tickets-pass-plus.pdf" if len(tickets) > 1 else f"ticket-{tickets[0].number}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{filename}"'}
    return HttpResponse(document, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: SignedInRequest, public_id: str, number: int) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    ticket = get_object_or_404(Ticket.objects.of(beneficiary).with_places(), number=number)
    if request.method == "POST":
        try:
            limits.check_cancellation(request.user)
            came_back = services.cancel(
                ticket_id=number, actor=request.user, accept_loss="accept_loss" in request.POST
            )
        except Refusal as refusal:
            messages.error(request, refusal.told())
        else:
            lost = "" if came_back else " Son crédit est perdu."
            messages.success(request, f"Le ticket n°{NBSP}{number} est annulé.{lost}")
        return redirect("tickets:statement", public_id)
    if not ticket.can_be_cancelled:
        told = f"Le ticket n°{NBSP}{number} ne peut plus être annulé. {_why_not(ticket).sentence}"
        messages.error(request, told)
        return redirect("tickets:statement", public_id)
    return render(request, "tickets/cancel.html", {"beneficiary": beneficiary, "ticket": ticket})


def _why_not(ticket: Ticket) -> TicketNotCancellable:
    late = ticket.no_longer_cancellable_since
    return CancellationTooLate(ticket.wallet.campaign) if late else TicketNotCancellable()


@login_not_required
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a QR: an agent goes to the admin, the family to its ticket; others read what it is."""
    return second_factor_first(request) if is_half_way_in(request) else _scanned(request, code)


@never_cache
@require_safe
def _scanned(request: HttpRequest, code: str) -> HttpResponse:
    """The page says the same of a code that is and of one that is not: nobody learns by it which exist."""
    try:
        readable = codes.read_code(code)
    except codes.NotACode as unreadable:
        raise Http404 from unreadable
    if not request.user.is_authenticated:
        return render(request, "tickets/strangers_ticket.html", {"onward": request.path})
    if request.user.is_member:
        return _at_a_counter(cast(SignedInRequest, request), readable)
    if page := _own_page(cast(SignedInRequest, request), readable):
        return page
    return render(request, "tickets/strangers_ticket.html", {"onward": ""}, status=HTTPStatus.NOT_FOUND)


def _at_a_counter(request: SignedInRequest, code: str) -> HttpResponse:
    """To where a member may use it; to its own child's ticket; who has several of these chooses."""
    children = request.user.accessible_children
    own = Ticket.objects.filter(code=code, wallet__beneficiary__in=children).select_related(
        "wallet__beneficiary"
    )
    ways = [reverse("tickets:detail", args=[it.wallet.beneficiary.public_id, it.number]) for it in own]
    partners = list(Partner.objects.accessible_to(request.user))
    ways += [f"{reverse('tickets:to_confirm', args=[it.pk, code])}?moyen=scanned" for it in partners]
    if len(ways) == 1:
        return redirect(ways[0])
    context = {"own": ways[: len(own)], "counters": zip(partners, ways[len(own) :], strict=True)}
    return keep_address(render(request, "tickets/scanned.html", context))


def _own_page(request: SignedInRequest, code: str) -> HttpResponse | None:
    """Who finds none made a guess. Raises TooManyAttempts."""
    attempt = throttle.count(throttle_policies.CODE, request, account=request.user.username)
    ticket = Ticket.objects.select_related("wallet").filter(code=code).first()
    if not ticket:
        return None
    if request.user.is_staff:
        attempt.forgive()
        return redirect("admin:tickets_ticket_change", ticket.number)
    mine = Beneficiary.objects.accessible_to(request.user).filter(pk=ticket.wallet.beneficiary_id).first()
    if not mine:
        return None
    attempt.forgive()
    return redirect("tickets:detail", mine.public_id, ticket.number)
