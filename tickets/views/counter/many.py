"""« Plusieurs tickets »: a list of codes, then the table of what each is worth."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from core import refused_forms
from core.exceptions import Refusal
from partners.access import Seat, seat_or_404

from ...counter import looking_at_many
from ...counter.forms import ManyForm, UseForm
from ...counter.looking_at_many import Looked
from ...models import Way
from .front import REPAIRED


@require_http_methods(["GET", "HEAD", "POST"])
def many(request: SignedInRequest, partner_id: int) -> HttpResponse:
    seat = seat_or_404(request, partner_id)
    form = ManyForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            looked = looking_at_many.look(form.written, partner=seat.partner, actor=request.user)
        except Refusal as refusal:
            form.add_error("codes", refusal.told())
        else:
            return verdicts(request, seat, looked, use_form(seat, looked, Way.MANY))
    return refused_forms.page(request, "tickets/counter/many.html", {"seat": seat, "form": form})


def use_form(seat: Seat, looked: Looked, way: Way) -> UseForm:
    return UseForm(partner=seat.partner, tickets=looked.usable, initial={"way": way})


def verdicts(request: SignedInRequest, seat: Seat, looked: Looked, form: UseForm) -> HttpResponse:
    """The table, and the one confirmation of those that may be used."""
    if looked.repaired:
        messages.info(request, REPAIRED)
    return render(request, "tickets/counter/verdicts.html", {"seat": seat, "looked": looked, "form": form})
