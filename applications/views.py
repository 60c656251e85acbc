"""« Je suis boursier »: asked for, followed, completed. The child itself has no such page."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from accounts.models import Beneficiary
from core import refused_forms, throttle
from core.exceptions import Refusal
from wallets.reading import breakdowns

from . import completing, sending, throttle_policies, withdrawing
from .access import guarded_or_404
from .exceptions import NotAskedFor
from .forms import PapersForm
from .models import OPEN_STATES, Application, ApplicationKind, ApplicationState
from .offering import may_be_asked, newest
from .reading import follow


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def scholarship(request: SignedInRequest, public_id: str, campaign_id: int) -> HttpResponse:
    child = guarded_or_404(request, public_id)
    wallets = breakdowns(child.wallets.in_order().filter(campaign=campaign_id))
    if not wallets:
        raise Http404
    campaign = wallets[0].wallet.campaign
    application = newest(child, request.user, [campaign]).get(campaign.pk)
    form = PapersForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        if application and application.state in OPEN_STATES:
            completing.complete(request, application, **form.cleaned_data)
        else:
            _send(request, child, campaign.pk, form)
        return redirect("applications:scholarship", public_id, campaign_id)
    can_ask = may_be_asked(wallets, timezone.localdate())
    if not application and not can_ask:
        messages.error(request, NotAskedFor.sentence)
        return redirect("tickets:home", public_id)
    context = {
        "beneficiary": child,
        "campaign": campaign,
        "followed": follow(application, request.user) if application else None,
        "can_ask": can_ask and (not application or application.state == ApplicationState.REFUSED),
        "form": form,
    }
    return refused_forms.page(request, "applications/scholarship.html", context)


def _send(request: SignedInRequest, child: Beneficiary, campaign_id: int, form: PapersForm) -> None:
    throttle.count(throttle_policies.PAPERS, request, account=request.user.username)
    try:
        sending.send(
            beneficiary_id=child.pk, campaign_id=campaign_id, actor=request.user, **form.cleaned_data
        )
    except Refusal as refusal:
        # It is as it stands on the page: asked meanwhile, from another window or by another guardian.
        messages.error(request, refusal.told())
    else:
        messages.success(request, "Nous avons reçu votre demande et ses papiers.")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, public_id: str, campaign_id: int) -> HttpResponse:
    child = guarded_or_404(request, public_id)
    theirs = Application.objects.accessible_to(request.user).filter(beneficiary=child)
    asked = {"kind": ApplicationKind.SCHOLARSHIP, "campaign": campaign_id}
    application = get_object_or_404(theirs, state__in=OPEN_STATES, **asked)
    if request.method != "POST":
        back = reverse("applications:scholarship", args=[public_id, campaign_id])
        context = {"application": application, "back": back}
        return render(request, "applications/withdraw.html", context)
    withdrawing.withdraw(request, application)
    return redirect("tickets:home", public_id)
