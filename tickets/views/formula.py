"""The formula of a child's two wallets: 60/20 or 20/60, until the first ticket."""

from collections.abc import Sequence
from operator import attrgetter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, child_or_404
from core import refused_forms, throttle
from core.exceptions import Refusal
from tickets import throttle_policies
from wallets.exceptions import FormulaSettled
from wallets.formulas import switch_formula
from wallets.models import Campaign
from wallets.reading import WalletBreakdown, breakdowns

from ..forms import FormulaForm


@require_http_methods(["GET", "HEAD", "POST"])
def formula(request: SignedInRequest, public_id: str, campaign_id: int) -> HttpResponse:
    """60/20 or 20/60, until the first ticket. A guardian chooses; for the child there is no such page."""
    beneficiary = child_or_404(request, public_id)
    wallets = breakdowns(beneficiary.wallets.in_order().filter(campaign=campaign_id))
    if not wallets or request.user.pk == beneficiary.user_id:
        raise Http404
    campaign = wallets[0].wallet.campaign
    preferred = max(wallets, key=attrgetter("share")).wallet.kind
    form = FormulaForm(request.POST or None, campaign=campaign, initial={"preferred": preferred})
    if form.is_valid():
        throttle.count(throttle_policies.FORMULA, request, account=request.user.username)
        try:
            switch_formula(
                beneficiary_id=beneficiary.pk,
                campaign_id=campaign.pk,
                preferred=form.cleaned_data["preferred"],
                actor=request.user,
            )
        except Refusal as refusal:
            messages.error(request, refusal.told())
        else:
            messages.success(request, "Votre formule est enregistrée.")
        return redirect("tickets:home", public_id)
    if not undecided(wallets):
        messages.error(request, FormulaSettled.sentence)
        return redirect("tickets:home", public_id)
    context = {"beneficiary": beneficiary, "campaign": campaign, "form": form}
    return refused_forms.page(request, "tickets/formula.html", context)


def undecided(wallets: Sequence[WalletBreakdown]) -> list[Campaign]:
    """The campaigns of these wallets whose formula may still be changed."""
    touched = {one.wallet.campaign_id for one in wallets if one.is_touched}
    campaigns = dict.fromkeys(one.wallet.campaign for one in wallets if one.wallet.is_open)
    return [c for c in campaigns if c.pk not in touched and c.larger_share != c.smaller_share]
