"""« Effectuer une transaction », step by step."""

import uuid
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, child_or_404
from accounts.models import Beneficiary
from core.compiled_query import Worded
from core.exceptions import Refusal
from partners.models import Offer, OfferQuerySet, Partner
from wallets.exceptions import InsufficientFunds
from wallets.models import Wallet
from wallets.reading import first_to_spend

from .. import limits, services
from ..exceptions import AmountNotAllowed, CampaignClosed, OrderKeyReused, PartnerNotAffiliated
from ..forms import (
    AssignedTicketForm,
    OrderForm,
    PaperForm,
    PaperTicketForm,
    PartnerSearchForm,
    TicketTypeForm,
    paper_options,
    too_little,
)
from ..models import Order, State, Ticket
from .tickets import MOST_PRINTED

FIELD_AT_FAULT = {AmountNotAllowed: "amount", InsufficientFunds: "amount", PartnerNotAffiliated: "offer"}

accepts_forms = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def order(request: SignedInRequest, public_id: str) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    form = TicketTypeForm(request.GET or None)
    if form.is_valid():
        paper_wanted = form.cleaned_data["ticket_type"] == TicketTypeForm.PAPER
        return redirect("tickets:paper" if paper_wanted else "tickets:choose_partner", public_id)
    return render(request, "tickets/order.html", {"beneficiary": beneficiary, "form": form})


@require_safe
def choose_partner(request: SignedInRequest, public_id: str) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    today = timezone.localdate()
    # The script asks for the selects alone, at each choice.
    narrowing = "X-Narrowing" in request.headers
    form = PartnerSearchForm(request.GET, today=today, narrowing=narrowing)
    if form.is_forged:
        raise Http404
    if form.is_valid() and (partner := form.cleaned_data["organisme"]):
        paying = beneficiary.wallets.open_on(today).filter(kind=form.cleaned_data["activites"])
        for wallet in first_to_spend(paying):
            return redirect("tickets:create_assigned", public_id, partner.pk, wallet.pk)
        messages.error(
            request, "Aucune campagne n’est ouverte en ce moment : aucun ticket ne peut être créé."
        )
    template = "tickets/partials/partner_search.html" if narrowing else "tickets/choose_partner.html"
    context = {"beneficiary": beneficiary, "form": form}
    return render(request, template, context)


@require_safe
def create_here(request: SignedInRequest, partner_id: int) -> HttpResponse:
    """« Créer un ticket ici », from the directory: straight to the amount if only one wallet can be meant."""
    partner = get_object_or_404(Partner, pk=partner_id)
    accepted = Wallet.objects.open_on(timezone.localdate()).filter(kind__in=partner.offers.values("kind"))
    children = Beneficiary.objects.accessible_to(request.user).prefetch_related(Prefetch("wallets", accepted))
    ways = [
        (child, wallet, too_little(wallet))
        for child in children
        for wallet in first_to_spend(child.wallets.all())
    ]
    if len(ways) == 1:
        [(child, wallet, _)] = ways
        return redirect("tickets:create_assigned", child.public_id, partner.pk, wallet.pk)
    return render(request, "tickets/create_here.html", {"partner": partner, "ways": ways})


@accepts_forms
def create_assigned(
    request: SignedInRequest, public_id: str, partner_id: int, wallet_id: int
) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    wallet = _wallet_or_404(beneficiary, wallet_id)
    partner = get_object_or_404(Partner, pk=partner_id)
    offers = Offer.objects.filter(partner=partner, kind=wallet.kind).select_related("activity")
    if request.method != "POST" and (refusal := _refusal(wallet, offers)):
        messages.error(request, refusal.sentence)
        return redirect("tickets:choose_partner", public_id)
    form = AssignedTicketForm(request.POST or None, offers=offers, initial=_wished(request))
    if placed := _place(request, form, wallet):
        return redirect("tickets:success", public_id, placed.key)
    others = beneficiary.wallets.open_on(timezone.localdate()).filter(kind=wallet.kind).exclude(pk=wallet.pk)
    context = {
        "beneficiary": beneficiary,
        "partner": partner,
        "wallet": wallet,
        "other_wallets": others,
        "form": form,
    }
    return render(request, "tickets/create_assigned.html", context)


@accepts_forms
def paper(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The four choices: a series is made at once, a single ticket asks for its amount next."""
    beneficiary = child_or_404(request, public_id)
    # Also those that have closed since the page was shown: it is the service that says so.
    wallets = list(beneficiary.wallets.in_order())
    form = PaperForm(request.POST or None, wallets=wallets)
    if form.is_valid():
        wallet, quantity = form.cleaned_data["choice"]
        if quantity is None:
            return redirect("tickets:create_paper", public_id, wallet.pk)
        if placed := _place(request, form, wallet, amount=wallet.campaign.series_amount, quantity=quantity):
            return redirect("tickets:success", public_id, placed.key)
    context = {
        "beneficiary": beneficiary,
        "form": form,
        "options": paper_options([w for w in wallets if w.is_open]),
    }
    return render(request, "tickets/paper.html", context)


@accepts_forms
def create_paper(request: SignedInRequest, public_id: str, wallet_id: int) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    wallet = _wallet_or_404(beneficiary, wallet_id)
    if request.method != "POST" and (refusal := _refusal(wallet)):
        messages.error(request, refusal.sentence)
        return redirect("tickets:paper", public_id)
    form = PaperTicketForm(request.POST or None, initial=_wished(request))
    if placed := _place(request, form, wallet):
        return redirect("tickets:success", public_id, placed.key)
    context = {"beneficiary": beneficiary, "wallet": wallet, "form": form}
    return render(request, "tickets/create_paper.html", context)


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


_wallet_of = Worded(lambda child, pk: Wallet.objects.in_order().filter(beneficiary=child, pk=pk))


def _wallet_or_404(beneficiary: Beneficiary, wallet_id: int) -> Wallet:
    for wallet in _wallet_of(beneficiary.pk, wallet_id):
        return wallet
    raise Http404


def _wished(request: SignedInRequest) -> dict[str, str]:
    """The amount that « Tout le solde » fills in."""
    return {"amount": request.GET.get("montant", "")}


def _refusal(wallet: Wallet, offers: OfferQuerySet | None = None) -> Refusal | None:
    """Why there is no use in asking for an amount. (The service decides anew when it is sent.)"""
    if not wallet.is_open:
        return CampaignClosed(wallet.campaign)
    if reason := too_little(wallet):
        return Refusal(reason)
    if offers is not None and not offers.affiliated_on(timezone.localdate()).exists():
        return PartnerNotAffiliated()
    return None


def _place(
    request: SignedInRequest,
    form: OrderForm,
    wallet: Wallet,
    *,
    amount: Decimal | None = None,
    quantity: int = 1,
) -> Order | None:
    """Place the order of a valid form; a refusal becomes a sentence beside the field at fault."""
    if not form.is_valid():
        if form.has_error("key"):
            raise BadRequest("no order key")
        return None
    asked = form.cleaned_data
    offer: Offer | None = asked.get("offer")
    try:
        limits.check_order(request.user, asked["key"])
        return services.order(
            key=asked["key"],
            wallet_id=wallet.pk,
            offer_id=offer.pk if offer else None,
            amount=asked["amount"] if amount is None else amount,
            quantity=quantity,
            actor=request.user,
        )
    except Refusal as refusal:
        field = FIELD_AT_FAULT.get(type(refusal))
        form.add_error(field if field in form.fields else None, refusal.told())
        if isinstance(refusal, OrderKeyReused):
            form.renew_key()
        wallet.refresh_from_db(fields=["balance"])
        return None
