"""A candidacy: what the organisme is, its papers, then how far it is. Of who began it alone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from core import refused_forms, throttle
from core.exceptions import Refusal

from . import candidacies, completing, conventions, throttle_policies
from .candidacy_access import own_or_404
from .candidacy_form import CandidacyForm
from .forms import PapersForm
from .models import Candidacy
from .reading import follow
from .signer import Signer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def candidacy(request: SignedInRequest, number: int) -> HttpResponse:
    """Its second step until it is sent; then how far it is."""
    found = own_or_404(request.user, number)
    return _describe(request, found) if found.is_draft else _follow(request, found)


def _describe(request: SignedInRequest, draft: Candidacy) -> HttpResponse:
    form = CandidacyForm(request.POST or None, candidacy=draft)
    if form.is_valid():
        try:
            candidacies.describe(candidacy_id=draft.pk, said=form.said, offers=form.offers)
        except Refusal as refusal:
            messages.error(request, refusal.told())
            return redirect("applications:candidacy", draft.pk)
        return redirect("applications:candidacy_papers", draft.pk)
    context = {"form": form, "candidacy": draft}
    return refused_forms.page(request, "applications/candidacy.html", context)


def _follow(request: SignedInRequest, sent: Candidacy) -> HttpResponse:
    application = sent.application
    if application is None:
        raise Http404
    form = PapersForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        completing.complete(request, application, **form.cleaned_data)
        return redirect("applications:candidacy", sent.pk)
    convention = conventions.in_force()
    context = {
        "followed": follow(application, request.user),
        "candidacy": sent,
        "form": form,
        "convention": convention,
        "signature": Signer(request.user, candidacy=sent).signature(convention) if convention else None,
    }
    return refused_forms.page(request, "applications/candidacy_sent.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def candidacy_papers(request: SignedInRequest, number: int) -> HttpResponse:
    """Its last step."""
    draft = own_or_404(request.user, number)
    if not draft.is_draft or not draft.is_described:
        return redirect("applications:candidacy", draft.pk)
    form = PapersForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        throttle.count(throttle_policies.PAPERS, request, account=request.user.username)
        try:
            candidacies.send(candidacy_id=draft.pk, papers=form.cleaned_data["papers"])
        except Refusal as refusal:
            form.add_error(None, refusal.told())
        else:
            messages.success(request, "Nous avons reçu votre demande et ses papiers.")
            return redirect("applications:candidacy", draft.pk)
    context = {"form": form, "candidacy": draft, "offers": draft.offers.select_related("activity")}
    return refused_forms.page(request, "applications/candidacy_papers.html", context)
