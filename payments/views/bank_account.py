"""« Compte bancaire »: what an organisme is paid on, and how it asks for another one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest
from core import refused_forms, throttle
from core.exceptions import Refusal
from partners.access import Seat, for_sure_managers
from payments import throttle_policies
from payments.bank_accounts import asking, reading, standing
from payments.bank_accounts.exceptions import AccountRefused
from payments.bank_accounts.form import AskForm
from payments.models import BankAccount


@require_safe
@for_sure_managers
def bank_account(request: SignedInRequest, seat: Seat) -> HttpResponse:
    today = timezone.localdate()
    context = {"seat": seat, "accounts": standing.of_partner(seat.partner.pk, today), "today": today}
    return render(request, "payments/bank_account.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_sure_managers
def ask(request: SignedInRequest, seat: Seat) -> HttpResponse:
    form = AskForm(request.POST or None, request=request)
    if form.is_valid():
        throttle.count(throttle_policies.BANK_ACCOUNT, request, account=str(seat.partner.pk))
        asked = {name: form.cleaned_data[name] for name in ("holder", "iban", "bic")}
        try:
            asking.ask(partner_id=seat.partner.pk, actor=request.user, **asked)
        except AccountRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "La demande est enregistrée. Nous vous appelons pour la vérifier.")
            return redirect("payments:bank_account", seat.partner.pk)
    return refused_forms.page(request, "payments/ask_account.html", {"seat": seat, "form": form})


@require_POST
@for_sure_managers
def withdraw(request: SignedInRequest, seat: Seat) -> HttpResponse:
    try:
        asking.withdraw(partner_id=seat.partner.pk, actor=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.told())
    else:
        messages.success(request, "La demande est retirée.")
    return redirect("payments:bank_account", seat.partner.pk)


@never_cache
@require_POST
@for_sure_managers
def read_iban(request: SignedInRequest, seat: Seat, account_id: int) -> HttpResponse:
    """By a form, for reading it writes a row: no page that is opened again reads it anew."""
    account = get_object_or_404(BankAccount, partner=seat.partner, pk=account_id)
    try:
        iban = reading.whole(account_id=account.pk, where="Page de l’organisme", actor=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.told())
        return redirect("payments:bank_account", seat.partner.pk)
    return render(request, "payments/iban.html", {"seat": seat, "account": account, "iban": iban})
