"""« Ce n’est pas normal »: a family does not recognise a use."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, child_or_404
from core import refused_forms
from core.exceptions import Refusal
from core.money import NBSP

from .. import disputes
from ..models import USED_STATES, Doubt, Ticket


class DisputeForm(forms.Form):
    doubt = forms.ChoiceField(
        label=f"Que se passe-t-il{NBSP}?",
        choices=Doubt,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites ce qui ne va pas."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: SignedInRequest, public_id: str, number: int) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    ticket = get_object_or_404(Ticket.objects.of(beneficiary).with_places(), number=number)
    form = DisputeForm(request.POST or None)
    if form.is_valid():
        try:
            disputes.raise_one(ticket_id=number, doubt=Doubt(form.cleaned_data["doubt"]), actor=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.told())
        else:
            messages.success(request, "C’est signalé. Nous vérifions avec l’organisme, et vous répondons.")
        return redirect("tickets:detail", public_id, number)
    if ticket.state not in USED_STATES:
        messages.error(request, disputes.NothingToDispute.sentence)
        return redirect("tickets:detail", public_id, number)
    context = {"beneficiary": beneficiary, "ticket": ticket, "form": form}
    return refused_forms.page(request, "tickets/dispute.html", context)
