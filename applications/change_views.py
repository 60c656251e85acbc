"""What a guardian asks to be changed of its child: asked for, followed, completed, withdrawn."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest
from accounts.models import Beneficiary
from core import refused_forms, throttle
from core.exceptions import Refusal

from . import asking, completing, enrolling, inviting, throttle_policies, withdrawing
from .access import guarded_or_404
from .exceptions import NotOpen
from .forms import PapersForm
from .guardian_form import GuardianForm
from .models import OPEN_STATES, Application, ApplicationKind, NewSchool, OtherGuardian
from .reading import follow, newest_of
from .school_form import SchoolForm


@dataclass(frozen=True)
class Change:
    """Something that may be asked; `row` is what the form says of it. Its kind names its address."""

    row: Callable[..., NewSchool | OtherGuardian]
    form: Callable[..., PapersForm]
    kind: ApplicationKind
    template: str


SCHOOL = Change(NewSchool, SchoolForm, ApplicationKind.SCHOOL, "applications/school.html")
GUARDIAN = Change(OtherGuardian, GuardianForm, ApplicationKind.GUARDIAN, "applications/guardian.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def school(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _ask(request, public_id, SCHOOL)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _ask(request, public_id, GUARDIAN)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_school(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _withdraw(request, public_id, SCHOOL)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_guardian(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _withdraw(request, public_id, GUARDIAN)


@require_POST
def invite_again(request: SignedInRequest, public_id: str) -> HttpResponse:
    """By who asked for it: nobody else reads the address."""
    child = guarded_or_404(request, public_id)
    application = newest_of(child, request.user, ApplicationKind.GUARDIAN)
    if application is None or not application.may_be_answered_by(request.user):
        raise Http404
    throttle.count(throttle_policies.INVITING, request, account=request.user.username)
    try:
        other = inviting.send_again(application_id=application.pk)
    except Refusal as refusal:
        messages.error(request, refusal.told())
    else:
        messages.success(request, f"L’invitation est repartie à {other.email}. Le lien d’avant ne sert plus.")
    return redirect("applications:guardian", child.public_id)


def _ask(request: SignedInRequest, public_id: str, change: Change) -> HttpResponse:
    child = guarded_or_404(request, public_id)
    application = newest_of(child, request.user, change.kind)
    is_open = application is not None and application.state in OPEN_STATES
    typed = (request.POST or None, request.FILES or None)
    form = PapersForm(*typed) if is_open else change.form(*typed, child=child, user=request.user)
    if form.is_valid():
        if is_open and application:
            completing.complete(request, application, **form.cleaned_data)
        else:
            _send(request, child, change, form)
        return redirect(f"applications:{change.kind.value}", child.public_id)
    if application is None and enrolling.campaign_of(timezone.localdate()) is None:
        messages.error(request, NotOpen.sentence)
        return redirect("accounts:account")
    context = {
        "beneficiary": child,
        "campaign": application.campaign if application else None,
        "followed": follow(application, request.user) if application else None,
        "can_ask": not is_open,
        "form": form,
    }
    return refused_forms.page(request, change.template, context)


def _send(request: SignedInRequest, child: Beneficiary, change: Change, form: PapersForm) -> None:
    throttle.count(throttle_policies.PAPERS, request, account=request.user.username)
    try:
        asking.ask(
            beneficiary_id=child.pk,
            said=change.row(**form.said),
            key=form.cleaned_data["key"],
            papers=form.cleaned_data["papers"],
            actor=request.user,
        )
    except Refusal as refusal:
        # It is as it stands on the page: asked meanwhile, from another window or by another guardian.
        messages.error(request, refusal.told())
    else:
        messages.success(request, "Nous avons reçu votre demande et ses papiers.")


def _withdraw(request: SignedInRequest, public_id: str, change: Change) -> HttpResponse:
    child = guarded_or_404(request, public_id)
    theirs = Application.objects.accessible_to(request.user).filter(beneficiary=child)
    application = get_object_or_404(theirs, kind=change.kind, state__in=OPEN_STATES)
    if request.method != "POST":
        back = reverse(f"applications:{change.kind.value}", args=[public_id])
        return render(request, "applications/withdraw.html", {"application": application, "back": back})
    withdrawing.withdraw(request, application)
    return redirect("accounts:account")
