"""Shared by the pages that make tickets: the wallet, and the order of a valid form."""

from decimal import Decimal

from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.access import SignedInRequest
from accounts.models import Beneficiary
from core.compiled_query import CompiledQuery
from core.exceptions import Refusal
from partners.models import Offer, OfferQuerySet, Partner
from wallets.exceptions import InsufficientFunds
from wallets.models import Wallet

from .. import limits, rest, services
from ..exceptions import (
    AmountNotAllowed,
    CampaignClosed,
    NothingToSpend,
    OrderKeyReused,
    PartnerNotAffiliated,
)
from ..forms import DEAD_REST, OrderForm
from ..models import Order
from ..paper_form import too_little
from ..services import was_placed

FIELD_AT_FAULT = {AmountNotAllowed: "amount", InsufficientFunds: "amount", PartnerNotAffiliated: "offer"}


_wallet_of = CompiledQuery(lambda child, pk: Wallet.objects.in_order().filter(beneficiary=child, pk=pk))


def wallet_or_404(beneficiary: Beneficiary, wallet_id: int) -> Wallet:
    for wallet in _wallet_of(beneficiary.pk, wallet_id):
        return wallet
    raise Http404


def standing_or_404(partner_id: int) -> Partner:
    """The organisme of this address; of one that was merged, the one that it leads to."""
    partner = get_object_or_404(Partner.objects.select_related("merged_into"), pk=partner_id)
    return partner.merged_into or partner


def wished(request: SignedInRequest) -> dict[str, str]:
    """The amount that « Tout le solde » fills in."""
    return {"amount": request.GET.get("montant", "")}


def refusal_of(wallet: Wallet, offers: OfferQuerySet | None = None) -> Refusal | None:
    """Why there is no use in asking for an amount. (The service decides anew when it is sent.)"""
    if not wallet.is_open:
        return CampaignClosed(wallet.campaign)
    if too_little(wallet):
        return NothingToSpend(wallet)
    if offers is not None and not offers.affiliated_on(timezone.localdate()).exists():
        return PartnerNotAffiliated()
    return None


def warned(form: OrderForm, wallet: Wallet, amount: Decimal | None, quantity: int) -> bool:
    """Whether the page has to say first that some cents would never serve. Whoever reads it may go on."""
    asked = form.cleaned_data
    # A series is one of the guide's four choices: its line says what it leaves.
    if amount is not None or asked.get("leave_rest"):
        return False
    sentence = rest.warning(wallet, asked["amount"], quantity)
    if not sentence or was_placed(asked["key"]):
        return False
    form.add_error("amount", ValidationError(sentence, code=DEAD_REST))
    return True


def place(
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
    if warned(form, wallet, amount, quantity):
        return None
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
