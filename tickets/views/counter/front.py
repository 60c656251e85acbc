"""« Guichet »: the one field, what waits, what was used last."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from core import refused_forms
from core.browser_features import allow_camera
from core.exceptions import Refusal
from partners.access import seat_or_404

from ...counter import looking, reading
from ...counter.forms import CodeForm
from ...counter.looking import Seen
from ...models import Way

REPAIRED = "Votre lecteur est réglé en clavier américain\N{NO-BREAK SPACE}: corrigé."


@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: SignedInRequest, partner_id: int) -> HttpResponse:
    seat = seat_or_404(request, partner_id)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data["code"]
        try:
            seen = looking.look(typed, partner=seat.partner, actor=request.user)
        except Refusal as refusal:
            form.add_error("code", refusal.told())
        else:
            way = Way.SCANNED if seen.repaired or "/" in typed else Way.TYPED
            return to_confirm(request, seen, way, partner_id)
    context = {
        "seat": seat,
        "form": form,
        "waiting": reading.waiting(seat.partner),
        "this_month": reading.used_since(seat.partner, reading.first_of_month()),
        "last_uses": reading.last_uses(seat.partner),
    }
    return allow_camera(refused_forms.page(request, "tickets/counter/counter.html", context))


def to_confirm(request: SignedInRequest, seen: Seen, way: Way, partner_id: int) -> HttpResponse:
    if seen.repaired:
        messages.info(request, REPAIRED)
    return confirmation_of(seen.ticket.code, way, partner_id)


def confirmation_of(code: str, way: Way, partner_id: int) -> HttpResponse:
    page = redirect("tickets:to_confirm", partner_id, code)
    page["Location"] += f"?moyen={way.name.lower()}"
    return page
