"""« Ticket à confirmer »: the ticket is shown, and only then used."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, keep_address
from core.exceptions import Refusal
from partners.access import Seat, seat_or_404

from ...counter import looking, reading
from ...counter.forms import UseForm
from ...counter.looking_at_many import Looked
from ...counter.refusals import TooManyTries
from ...models import Way
from . import front, many
from .presented import Presented

# As the address says it; a telephone's camera says nothing.
WAYS = {way.name.lower(): way for way in (Way.TYPED, Way.PHOTO)}


@require_safe
def to_confirm(request: SignedInRequest, partner_id: int, code: str) -> HttpResponse:
    """« Ticket à confirmer ». The camera of a telephone leads here too: it changes nothing."""
    seat = seat_or_404(request, partner_id)
    try:
        seen = looking.look(code, partner=seat.partner, actor=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.told())
        return redirect("tickets:counter", partner_id)
    way = WAYS.get(request.GET.get("moyen", ""), Way.SCANNED)
    child = seen.ticket.wallet.beneficiary
    context = {
        "seat": seat,
        "ticket": seen.ticket,
        "child": child,
        "others": reading.others_of(seen.ticket, seat.partner),
        "namesakes": reading.namesakes(child),
        "form": UseForm(partner=seat.partner, tickets=[seen.ticket], initial={"way": way}),
    }
    return keep_address(render(request, "tickets/counter/confirm.html", context))


@require_POST
def use(request: SignedInRequest, partner_id: int) -> HttpResponse:
    """Each ticket stands for itself: what is wrong with one keeps no other one from being used."""
    seat = seat_or_404(request, partner_id)
    try:
        presented = Presented.sent(request, seat.partner)
    except TooManyTries as refusal:
        messages.error(request, refusal.told())
        return redirect("tickets:counter", partner_id)
    form = UseForm(request.POST, partner=seat.partner, tickets=presented.tickets)
    if not form.is_valid():
        return _ask_again(request, form, seat, presented)
    done = presented.use(form, actor=request.user)
    for sentence in presented.refused:
        messages.error(request, sentence)
    if not done:
        return redirect("tickets:counter", partner_id)
    return redirect("tickets:used", partner_id, form.cleaned_data["key"])


def _ask_again(request: SignedInRequest, form: UseForm, seat: Seat, presented: Presented) -> HttpResponse:
    if {"key", "way"} & form.errors.keys():
        raise BadRequest("No page of ours sends that")
    way = Way(form.cleaned_data["way"])
    if way == Way.MANY or len(presented.codes) > 1:
        return many.verdicts(request, seat, Looked(usable=presented.tickets), form)
    for field in form.offers:
        for error in field.errors:
            messages.error(request, str(error))
    return front.confirmation_of(presented.codes[0], way, seat.partner.pk)
