"""« Changer la fiche » of « Mon organisme »: what a manager asks for, and how far it is."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from core import refused_forms, throttle
from core.exceptions import Refusal
from partners.access import Seat, for_sure_managers

from . import sheet_changes, sheets, throttle_policies, withdrawing
from .exceptions import AlreadyAsked
from .models import OPEN_STATES
from .reading import follow
from .sheet_form import SheetForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_sure_managers
def organisme_sheet(request: SignedInRequest, seat: Seat) -> HttpResponse:
    application = sheets.newest_of(seat.partner)
    is_open = application is not None and application.state in OPEN_STATES
    form = SheetForm(request.POST or None, partner=seat.partner)
    if form.is_valid():
        _propose(request, seat, form)
        return redirect("applications:organisme_sheet", seat.partner.pk)
    if form.is_bound and is_open:
        # Another window, or another manager.
        messages.error(request, AlreadyAsked.sentence)
        return redirect("applications:organisme_sheet", seat.partner.pk)
    context = {
        "partner": seat.partner,
        "followed": follow(application, request.user) if application else None,
        "changes": sheet_changes.asked(application.new_sheet) if application and application.said else [],
        "can_ask": not is_open,
        "form": form,
    }
    return refused_forms.page(request, "applications/organisme_sheet.html", context)


def _propose(request: SignedInRequest, seat: Seat, form: SheetForm) -> None:
    throttle.count(throttle_policies.SHEET, request, account=request.user.username)
    try:
        sheets.propose(
            partner_id=seat.partner.pk,
            key=form.cleaned_data["key"],
            said=form.said,
            wanted=form.offers,
            ended=form.ended,
            other_activities=form.cleaned_data["other_activities"],
            actor=request.user,
            renews=form.cleaned_data.get("renews", False),
        )
    except Refusal as refusal:
        messages.error(request, refusal.told())
    else:
        messages.success(request, "Nous avons reçu votre demande.")


@require_http_methods(["GET", "HEAD", "POST"])
@for_sure_managers
def withdraw_sheet(request: SignedInRequest, seat: Seat) -> HttpResponse:
    application = sheets.newest_of(seat.partner)
    if application is None or application.state not in OPEN_STATES:
        raise Http404
    here = reverse("applications:organisme_sheet", args=[seat.partner.pk])
    if request.method != "POST":
        return render(request, "applications/withdraw.html", {"application": application, "back": here})
    withdrawing.withdraw(request, application)
    return redirect(here)
