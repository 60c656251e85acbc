"""« Corriger la fiche »: of a candidacy that something is asked of."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from core import refused_forms
from core.exceptions import Refusal

from . import correcting
from .candidacy_access import own_or_404
from .candidacy_form import CandidacyForm
from .models import ApplicationState


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct_candidacy(request: SignedInRequest, number: int) -> HttpResponse:
    sent = own_or_404(request.user, number)
    if not sent.application or sent.application.state != ApplicationState.INCOMPLETE:
        return redirect("applications:candidacy", sent.pk)
    form = CandidacyForm(request.POST or None, candidacy=sent)
    if form.is_valid():
        sends_it = "envoyer" in request.POST
        try:
            correcting.correct(candidacy_id=sent.pk, said=form.said, offers=form.offers, sends_it=sends_it)
        except Refusal as refusal:
            messages.error(request, refusal.told())
        else:
            messages.success(
                request, "Votre fiche est corrigée." + (" Elle est renvoyée." if sends_it else "")
            )
        return redirect("applications:candidacy", sent.pk)
    context = {"form": form, "candidacy": sent, "reason": sent.application.reason}
    return refused_forms.page(request, "applications/correct_candidacy.html", context)
