"""« Ajouter un enfant »: asked for by a guardian, followed, completed, withdrawn. By who asked alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from accounts.models import User
from core import refused_forms, throttle
from core.exceptions import Refusal

from . import completing, enrolling, renewing, throttle_policies, withdrawing
from .access import guarded_or_404
from .enrolment_form import EnrolmentForm, RenewalForm
from .exceptions import NotOpen, NotToRenew
from .forms import PapersForm
from .models import OPEN_STATES, Application, ApplicationState
from .reading import follow


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: SignedInRequest) -> HttpResponse:
    if not enrolling.may_enrol(request.user):
        raise Http404
    campaign = enrolling.campaign_of(timezone.localdate())
    if campaign is None:
        messages.error(request, NotOpen.sentence)
        return redirect("accounts:account")
    form = EnrolmentForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        throttle.count(throttle_policies.PAPERS, request, account=request.user.username)
        try:
            application = enrolling.enrol(
                key=form.cleaned_data["key"],
                child=form.said,
                papers=form.cleaned_data["papers"],
                actor=request.user,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.told())
        else:
            messages.success(request, "Nous avons reçu votre demande et ses papiers.")
            return redirect("applications:enrolment", application.pk)
    context = {"form": form, "campaign": campaign}
    return refused_forms.page(request, "applications/enrol.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: SignedInRequest, public_id: str) -> HttpResponse:
    """« Réinscrire »: what is known of the child is there, to confirm or correct."""
    child = guarded_or_404(request, public_id)
    campaign = enrolling.campaign_of(timezone.localdate())
    waiting = Application.objects.enrolments_of(request.user).filter(beneficiary=child, state__in=OPEN_STATES)
    if asked := waiting.first():
        return redirect("applications:enrolment", asked.pk)
    if campaign is None or child not in renewing.to_renew(request.user, timezone.localdate()):
        messages.error(request, (NotOpen if campaign is None else NotToRenew).sentence)
        return redirect("tickets:home", public_id)
    form = RenewalForm(request.POST or None, request.FILES or None, initial=renewing.prefilled(child))
    if form.is_valid():
        throttle.count(throttle_policies.PAPERS, request, account=request.user.username)
        try:
            application = enrolling.enrol(
                key=form.cleaned_data["key"],
                child={**renewing.said_of(child), **form.said},
                papers=form.cleaned_data["papers"],
                actor=request.user,
                beneficiary_id=child.pk,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.told())
        else:
            messages.success(request, "Nous avons reçu votre demande et ses papiers.")
            return redirect("applications:enrolment", application.pk)
    context = {"form": form, "campaign": campaign, "beneficiary": child}
    return refused_forms.page(request, "applications/renew.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrolment(request: SignedInRequest, number: int) -> HttpResponse:
    application = _own_or_404(request.user, number)
    form = PapersForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        completing.complete(request, application, **form.cleaned_data)
        return redirect("applications:enrolment", number)
    context = {
        "followed": follow(application, request.user),
        "campaign": application.campaign,
        "child": application.beneficiary,
        "form": form,
    }
    return refused_forms.page(request, "applications/enrolment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, number: int) -> HttpResponse:
    application = _own_or_404(request.user, number, state__in=OPEN_STATES)
    if request.method != "POST":
        back = reverse("applications:enrolment", args=[number])
        return render(request, "applications/withdraw.html", {"application": application, "back": back})
    withdrawing.withdraw(request, application)
    return redirect("tickets:children")


def _own_or_404(user: User, number: int, **which: Any) -> Application:
    """What was withdrawn is there no more."""
    theirs = Application.objects.enrolments_of(user).exclude(state=ApplicationState.WITHDRAWN)
    found = theirs.select_related("newcomer", "beneficiary", "campaign", "sent_by")
    return get_object_or_404(found, pk=number, **which)
