"""« La convention »: an organisme that asks to be affiliated, or is, reads it, asks for a code, and signs."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest
from core import refused_forms, throttle
from core.exceptions import Refusal
from partners.access import Seat, for_sure_managers

from . import conventions, signing, throttle_policies
from .candidacy_access import own_or_404
from .exceptions import WrongCode
from .models import Convention
from .signer import Signer
from .signing_form import SignForm, VersionForm


def candidate_or_404(request: SignedInRequest, number: int) -> Signer:
    """Once its candidacy is sent."""
    candidacy = own_or_404(request.user, number)
    if candidacy.is_draft:
        raise Http404
    return Signer(request.user, candidacy=candidacy)


def in_force_or_404() -> Convention:
    convention = conventions.in_force()
    if convention is None:
        raise Http404
    return convention


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def candidacy_convention(request: SignedInRequest, number: int) -> HttpResponse:
    signer = candidate_or_404(request, number)
    here = reverse("applications:candidacy_convention", args=[number])
    back = reverse("applications:candidacy", args=[number])
    return read_and_sign(request, signer, here, back)


@require_POST
def candidacy_code(request: SignedInRequest, number: int) -> HttpResponse:
    signer = candidate_or_404(request, number)
    return ask_for_code(request, signer, reverse("applications:candidacy_convention", args=[number]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_sure_managers
def organisme_convention(request: SignedInRequest, seat: Seat) -> HttpResponse:
    here = reverse("applications:organisme_convention", args=[seat.partner.pk])
    back = reverse("partners:organisme", args=[seat.partner.pk])
    return read_and_sign(request, Signer(request.user, partner=seat.partner), here, back)


@require_POST
@for_sure_managers
def organisme_code(request: SignedInRequest, seat: Seat) -> HttpResponse:
    here = reverse("applications:organisme_convention", args=[seat.partner.pk])
    return ask_for_code(request, Signer(request.user, partner=seat.partner), here)


def read_and_sign(request: SignedInRequest, signer: Signer, here: str, back: str) -> HttpResponse:
    convention = in_force_or_404()
    signature = signer.signature(convention)
    known = signer.candidacy.capacity if signer.candidacy else ""
    name = request.user.get_full_name()
    form = SignForm(request.POST or None, name=name, capacity=known)
    if signature is None and form.is_valid() and _signs(request, signer, form):
        messages.success(request, "La convention est signée.")
        return redirect(back)
    context = {
        "convention": convention,
        "signature": signature,
        "sent": signing.waits_for_code(signer, convention),
        "form": form,
        "signer": signer,
        "may_sign": signer.may_sign,
        "here": here,
        "back": back,
    }
    return refused_forms.page(request, "applications/convention.html", context)


def _signs(request: SignedInRequest, signer: Signer, form: SignForm) -> bool:
    """Whether it did; else the form says why."""
    said = form.cleaned_data
    attempt = throttle.count(throttle_policies.SIGNING, request, account=request.user.username)
    try:
        signing.sign(
            signer=signer,
            convention_id=form.version,
            code=said["code"],
            name=said["name"],
            capacity=said["capacity"],
        )
    except Refusal as refusal:
        form.add_error("code" if isinstance(refusal, WrongCode) else None, refusal.told())
        return False
    attempt.forgive()
    return True


def ask_for_code(request: SignedInRequest, signer: Signer, here: str) -> HttpResponse:
    in_force_or_404()
    throttle.count(throttle_policies.SIGNING_CODE, request, account=request.user.username)
    try:
        signing.send_code(signer=signer, convention_id=VersionForm(request.POST).version)
    except Refusal as refusal:
        messages.error(request, refusal.told())
        return redirect(here)
    messages.success(request, "Le code est parti par e-mail.")
    return redirect(f"{here}#signer")
