"""A family's pages: its children, their wallets and their deadlines."""

from itertools import groupby
from operator import attrgetter

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, child_or_404
from accounts.models import Beneficiary
from core import ics
from core.compiled_query import CompiledQuery
from partners.directory_index import Wanted
from partners.models import Commune
from partners.reading import ListedPartner
from partners.search import listed_at, search
from tickets import deadlines
from wallets.models import Wallet
from wallets.reading import breakdowns
from wallets.season import ended, endings, spendable

from ..lines import columns, lines
from ..models import Ticket
from ..reading import open_wallets, seasons_over, ticket_breakdowns
from .formula import undecided

HOME_TICKETS = 6


NEARBY = 3


# Where a parent was going who had to choose a child first.
ONWARD = {"wallets", "statement", "order"}


@require_safe
def children(request: SignedInRequest) -> HttpResponse:
    if request.user.is_staff:
        return redirect("admin:index")
    onward = request.GET.get("vers", "")
    name = f"tickets:{onward}" if onward in ONWARD else "tickets:home"
    if request.user.is_member and not request.user.accessible_children:
        return redirect("partners:mine")
    if len(request.user.accessible_children) == 1:
        return redirect(name, request.user.accessible_children[0].public_id)
    today = timezone.localdate()
    theirs = Beneficiary.objects.accessible_to(request.user).prefetch_related(
        Prefetch("wallets", Wallet.objects.redeemable_on(today))
    )
    wallets = {child: [wallet for wallet in child.wallets.all() if wallet.is_open] for child in theirs}
    closed = breakdowns(one for child, left in wallets.items() if not left for one in child.wallets.all())
    cards = [
        {
            "beneficiary": child,
            "campaigns": groupby(left, key=attrgetter("campaign")),
            "endings": endings(left, today),
            "seasons": ended([one for one in closed if one.wallet.beneficiary_id == child.pk]),
            "url": reverse(name, args=[child.public_id]),
        }
        for child, left in wallets.items()
    ]
    return render(request, "tickets/children.html", {"cards": cards})


_usable_tickets_of = CompiledQuery(
    lambda child, day: columns(Ticket.objects.of(child).usable_on(day))[: HOME_TICKETS + 1]
)


@require_safe
def home(request: SignedInRequest, public_id: str) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    today = timezone.localdate()
    wallets = breakdowns(open_wallets(beneficiary, today))
    left = [one.wallet for one in wallets]
    context = {
        "beneficiary": beneficiary,
        "wallets": wallets,
        "can_order": bool(spendable(left)),
        "endings": endings(left, today),
        "seasons": [] if wallets else seasons_over(beneficiary, today),
        "nearby": [(one.wallet, _near(beneficiary, one.wallet)) for one in wallets if not one.is_touched],
        "undecided": undecided(wallets) if request.user.pk != beneficiary.user_id else [],
        "most": HOME_TICKETS,
        "tickets": lines(_usable_tickets_of(beneficiary.pk, today), {wallet.pk: wallet for wallet in left}),
    }
    return render(request, "tickets/home.html", context)


def _near(beneficiary: Beneficiary, wallet: Wallet) -> list[ListedPartner]:
    """The organismes closest to where the child lives that this wallet could pay."""
    home = Commune.objects.filter(pk=beneficiary.insee_code).first()
    if home is None or not wallet.balance:
        return []
    wanted = Wanted(on=timezone.localdate(), kind=wallet.kind, near=home.position)
    return listed_at(search(wanted)[:NEARBY])


@require_safe
def wallets(request: SignedInRequest, public_id: str) -> HttpResponse:
    beneficiary = child_or_404(request, public_id)
    today = timezone.localdate()
    places = ticket_breakdowns(beneficiary, today)
    left = [place.wallet for place in places if place.wallet.is_open]
    context = {
        "beneficiary": beneficiary,
        "wallets": places,
        "can_order": bool(spendable(left)),
        "endings": endings(left, today),
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
    return ics.file(deadlines.events(beneficiary, campaigns), "echeances-pass-plus")
