"""« Effectuer une transaction »: the pages that make tickets."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, child_or_404
from core import refused_forms
from partners.models import Offer
from wallets.season import spendable

from ..forms import MOST_AT_ONCE, AssignedTicketForm, PaperTicketForm, SeriesForm
from ..models import Order, State, Ticket
from ..paper_form import PaperForm, paper_options
from .placing import place, refusal_of, standing_or_404, wallet_or_404, wished
from .ticked import MOST_PRINTED

accepts_forms = require_http_methods(["GET", "HEAD", "POST"])


@accepts_forms
def create_assigned(
    request: SignedInRequest, public_id: str, partner_id: int, wallet_id: int
) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    wallet = wallet_or_404(beneficiary, wallet_id)
    partner = standing_or_404(partner_id)
    offers = Offer.objects.current_on(timezone.localdate()).filter(partner=partner, kind=wallet.kind)
    offers = offers.select_related("activity")
    if request.method != "POST" and (refusal := refusal_of(wallet, offers)):
        messages.error(request, refusal.sentence)
        return redirect("tickets:choose_partner", public_id)
    form = AssignedTicketForm(request.POST or None, offers=offers, initial=wished(request))
    if placed := place(request, form, wallet):
        return redirect("tickets:success", public_id, placed.key)
    others = beneficiary.wallets.open_on(timezone.localdate()).filter(kind=wallet.kind).exclude(pk=wallet.pk)
    context = {
        "beneficiary": beneficiary,
        "partner": partner,
        "wallet": wallet,
        "other_wallets": others,
        "form": form,
    }
    return refused_forms.page(request, "tickets/create_assigned.html", context)


@accepts_forms
def paper(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The four choices: a series is made at once, a single ticket asks for its amount next."""
    beneficiary = child_or_404(request, public_id)
    # Also those that have closed since the page was shown: it is the service that says so.
    wallets = list(beneficiary.wallets.in_order())
    open_wallets = [wallet for wallet in wallets if wallet.is_open]
    if request.method != "POST" and not spendable(open_wallets):
        return redirect("tickets:order", public_id)
    form = PaperForm(request.POST or None, wallets=wallets)
    if form.is_valid():
        wallet, quantity = form.cleaned_data["choice"]
        if quantity is None:
            return redirect("tickets:create_paper", public_id, wallet.pk)
        if placed := place(request, form, wallet, amount=wallet.campaign.series_amount, quantity=quantity):
            return redirect("tickets:success", public_id, placed.key)
    context = {
        "beneficiary": beneficiary,
        "form": form,
        "options": paper_options(open_wallets),
        "spendable": spendable(open_wallets),
    }
    return refused_forms.page(request, "tickets/paper.html", context)


@accepts_forms
def create_paper(request: SignedInRequest, public_id: str, wallet_id: int) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    wallet = wallet_or_404(beneficiary, wallet_id)
    if request.method != "POST" and (refusal := refusal_of(wallet)):
        messages.error(request, refusal.sentence)
        return redirect("tickets:paper", public_id)
    form = PaperTicketForm(request.POST or None, initial=wished(request))
    if placed := place(request, form, wallet):
        return redirect("tickets:success", public_id, placed.key)
    context = {"beneficiary": beneficiary, "wallet": wallet, "form": form}
    return refused_forms.page(request, "tickets/create_paper.html", context)


@accepts_forms
def create_series(request: SignedInRequest, public_id: str, wallet_id: int) -> HttpResponse:
    """Beside the guide's four choices: any number of tickets, of any amount."""
    beneficiary = child_or_404(request, public_id)
    wallet = wallet_or_404(beneficiary, wallet_id)
    if request.method != "POST" and (refusal := refusal_of(wallet)):
        messages.error(request, refusal.sentence)
        return redirect("tickets:paper", public_id)
    form = SeriesForm(request.POST or None)
    quantity = form.cleaned_data["quantity"] if form.is_valid() else 1
    if placed := place(request, form, wallet, quantity=quantity):
        return redirect("tickets:success", public_id, placed.key)
    most = min(MOST_AT_ONCE, int(wallet.balance // wallet.campaign.ticket_minimum))
    context = {"beneficiary": beneficiary, "wallet": wallet, "form": form, "most": most}
    return refused_forms.page(request, "tickets/create_series.html", context)


@require_safe
def success(request: SignedInRequest, public_id: str, key: uuid.UUID) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    placed = get_object_or_404(Order.objects.filter(wallet__beneficiary=beneficiary), key=key)
    tickets = list(Ticket.objects.of(beneficiary).with_places().filter(order=placed))
    # The same form sent again later leads here again, and by then they may be used or cancelled.
    printable = [ticket for ticket in tickets if ticket.displayed_state == State.UNUSED]
    context = {
        "beneficiary": beneficiary,
        "order": placed,
        "tickets": tickets,
        "printable": printable,
        "most_printed": MOST_PRINTED,
    }
    return render(request, "tickets/success.html", context)
