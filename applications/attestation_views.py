"""The attestation of what an organisme signed last, for who signs for it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from core.money import NBSP
from partners.access import manager_or_404

from . import attesting
from .attestation import name_of
from .models import ConventionState, Signature
from .models.signature import SignatureQuerySet
from .signing_views import candidate_or_404


@never_cache
@require_safe
def candidacy_attestation(request: SignedInRequest, number: int) -> HttpResponse:
    signer = candidate_or_404(request, number)
    signatures = Signature.objects.filter(application=signer.of["application_id"])
    return _newest(request, signatures, reverse("applications:candidacy", args=[number]))


@never_cache
@require_safe
def organisme_attestation(request: SignedInRequest, partner_id: int) -> HttpResponse:
    seat = manager_or_404(request, partner_id)
    signatures = Signature.objects.of_partner(seat.partner)
    return _newest(request, signatures, reverse("partners:organisme", args=[partner_id]))


def download(request: HttpRequest, signature: Signature, back: str) -> HttpResponse:
    """The attestation; while it is made, the way back. Raises pdf.PenTaken."""
    content = attesting.content_of(signature)
    if content is None:
        messages.info(request, f"L’attestation se prépare{NBSP}: revenez dans un instant.")
        return redirect(back)
    headers = {"Content-Disposition": f'attachment; filename="{name_of(signature)}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _newest(request: SignedInRequest, signatures: SignatureQuerySet, back: str) -> HttpResponse:
    """Of the version in force, if it is signed: one of before may be in force again."""
    in_force = signatures.filter(convention__state=ConventionState.IN_FORCE)
    signature = in_force.order_by("pk").first() or signatures.order_by("-pk").first()
    if signature is None:
        raise Http404
    return download(request, signature, back)
