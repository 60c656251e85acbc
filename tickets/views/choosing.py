"""« Effectuer une transaction »: which type of ticket, and for which organisme."""

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import CARRIED, SignedInRequest, child_or_404
from accounts.models import Beneficiary
from wallets.models import Wallet
from wallets.reading import first_to_spend
from wallets.season import spendable

from ..exceptions import NothingToSpend
from ..forms import TicketTypeForm
from ..paper_form import too_little
from ..partner_search_form import PartnerSearchForm
from ..reading import open_wallets, seasons_over
from .placing import standing_or_404


@require_safe
def order(request: SignedInRequest, public_id: str) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    today = timezone.localdate()
    wallets = open_wallets(beneficiary, today)
    if not spendable(wallets):
        context = {
            "beneficiary": beneficiary,
            "wallets": wallets,
            "seasons": [] if wallets else seasons_over(beneficiary, today),
        }
        return render(request, "tickets/order_closed.html", context)
    form = TicketTypeForm(request.GET or None)
    if form.is_valid():
        paper_wanted = form.cleaned_data["ticket_type"] == TicketTypeForm.PAPER
        return redirect("tickets:paper" if paper_wanted else "tickets:choose_partner", public_id)
    return render(request, "tickets/order.html", {"beneficiary": beneficiary, "form": form})


@require_safe
def choose_partner(request: SignedInRequest, public_id: str) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    today = timezone.localdate()
    wallets = open_wallets(beneficiary, today)
    if not spendable(wallets):
        return redirect("tickets:order", public_id)
    # The script asks for the selects alone, at each choice.
    narrowing = "X-Narrowing" in request.headers
    form = PartnerSearchForm(request.GET, today=today, narrowing=narrowing, home=beneficiary.insee_code)
    if form.is_forged:
        raise Http404
    if "organisme" in request.GET and form.is_valid() and (partner := form.cleaned_data["organisme"]):
        kind = form.cleaned_data["activites"]
        for wallet in first_to_spend(wallet for wallet in wallets if wallet.kind == kind):
            if not too_little(wallet):
                return redirect("tickets:create_assigned", public_id, partner.pk, wallet.pk)
            form.add_error("activites", NothingToSpend(wallet).sentence)
    template = "tickets/partials/partner_search.html" if narrowing else "tickets/choose_partner.html"
    context = {"beneficiary": beneficiary, "form": form}
    return render(request, template, context)


@require_safe
def create_here(request: SignedInRequest, partner_id: int) -> HttpResponse:
    """« Créer un ticket ici », from the directory: straight to the amount if only one wallet can be meant.

    `?pour=` names the child; nobody else's is one.
    """
    partner = standing_or_404(partner_id)
    today = timezone.localdate()
    offered = partner.offers.current_on(today)
    accepted = Wallet.objects.open_on(today).filter(kind__in=offered.values("kind"))
    children = Beneficiary.objects.accessible_to(request.user).prefetch_related(Prefetch("wallets", accepted))
    if child_id := request.GET.get(CARRIED):
        children = children.filter(public_id=child_id)
        if not children:
            raise Http404
    ways = [
        (child, wallet, too_little(wallet))
        for child in children
        for wallet in first_to_spend(child.wallets.all())
    ]
    if len(ways) == 1:
        [(child, wallet, _)] = ways
        return redirect("tickets:create_assigned", child.public_id, partner.pk, wallet.pk)
    return render(request, "tickets/create_here.html", {"partner": partner, "ways": ways})
