"""Whose account, and how much is in it."""

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, child_or_404
from accounts.models import Beneficiary
from wallets.models import Entry, Wallet

from .. import deadlines
from ..models import Ticket, with_ticket_totals

HOME_TICKETS = 50
# Where a parent was going who had to choose a child first.
ONWARD = {"wallets", "statement", "order"}


@require_safe
def children(request: SignedInRequest) -> HttpResponse:
    if request.user.is_staff:
        return redirect("admin:index")
    onward = request.GET.get("vers", "")
    name = f"tickets:{onward}" if onward in ONWARD else "tickets:home"
    open_wallets = Wallet.objects.open_on(timezone.localdate())
    beneficiaries = Beneficiary.objects.accessible_to(request.user).prefetch_related(
        Prefetch("wallets", open_wallets)
    )
    cards = [
        {"beneficiary": child, "wallets": child.wallets.all(), "url": reverse(name, args=[child.public_id])}
        for child in beneficiaries
    ]
    return render(request, "tickets/children.html", {"cards": cards})


@require_safe
def home(request: SignedInRequest, public_id: str) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    today = timezone.localdate()
    context = {
        "beneficiary": beneficiary,
        "wallets": beneficiary.wallets.open_on(today).with_granted(),
        "tickets": Ticket.objects.of(beneficiary).usable_on(today)[:HOME_TICKETS],
    }
    return render(request, "tickets/home.html", context)


@require_safe
def wallets(request: SignedInRequest, public_id: str) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    movements = Entry.objects.newest_first().select_related("ticket", "reverses__ticket")
    redeemable = beneficiary.wallets.redeemable_on(timezone.localdate()).with_granted()
    context = {
        "beneficiary": beneficiary,
        "wallets": with_ticket_totals(redeemable).prefetch_related(
            Prefetch("entries", movements, "movements")
        ),
    }
    return render(request, "tickets/wallets.html", context)


@require_safe
def calendar(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The deadlines of the campaigns that still matter, once for both wallets."""
    beneficiary = child_or_404(request, public_id)
    redeemable = beneficiary.wallets.redeemable_on(timezone.localdate())
    campaigns = dict.fromkeys(wallet.campaign for wallet in redeemable)
    if not campaigns:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="echeances-pass-plus.ics"'}
    content = deadlines.calendar(beneficiary, campaigns)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
