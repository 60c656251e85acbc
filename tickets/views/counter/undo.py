"""« Annuler cette utilisation »."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from core import refused_forms
from core.exceptions import Refusal
from core.money import NBSP
from partners.access import seat_or_404

from ...counter import reading, undoing
from ...counter.forms import UndoForm
from ...counter.undoing import Reason


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: SignedInRequest, partner_id: int, use_id: int) -> HttpResponse:
    seat = seat_or_404(request, partner_id)
    use = get_object_or_404(reading.uses_of(seat.partner), pk=use_id)
    form = UndoForm(request.POST or None)
    if form.is_valid():
        try:
            undoing.undo(
                use_id=use_id,
                partner_id=partner_id,
                actor=request.user,
                reason=Reason(form.cleaned_data["reason"]),
            )
        except Refusal as refusal:
            messages.error(request, refusal.told())
        else:
            told = f"L’utilisation du ticket n°{NBSP}{use.ticket_id} est annulée. La famille en est prévenue."
            messages.success(request, told)
        return redirect("tickets:counter", partner_id)
    if request.method != "POST" and (too_late := undoing.why_not(use, seat.membership)):
        messages.error(request, too_late.sentence)
        return redirect("tickets:counter", partner_id)
    expires = timezone.localdate() > use.ticket.valid_until
    context = {"seat": seat, "use": use, "form": form, "expires": expires}
    return refused_forms.page(request, "tickets/counter/undo.html", context)
