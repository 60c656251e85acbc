"""« Devenir partenaire »: the conditions, an account, and the SIRET that begins a candidacy."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import signing_up
from accounts import throttle_policies as of_accounts
from accounts.access import SignedInRequest
from accounts.models import User
from accounts.sign_up_form import SignUpForm
from core import refused_forms, throttle
from core.exceptions import Refusal
from core.throttle import TooManyAttempts
from partners import register

from . import candidacies, conventions, throttle_policies
from .siret_form import SiretForm


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def become_partner(request: HttpRequest) -> HttpResponse:
    """The conditions; then an account, whose link leads to the first step."""
    form = SignUpForm(request.POST or None)
    page = "applications/become_partner.html"
    may_apply = isinstance(request.user, User) and candidacies.may_apply(request.user)
    context = {"form": form, "may_apply": may_apply, "convention": conventions.in_force()}
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            throttle.count(of_accounts.SIGN_UP, request, account=email)
        except TooManyAttempts as refusal:
            form.add_error(None, refusal.sentence)
            return refused_forms.page(request, page, context, refusal=refusal)
        signing_up.ask(email=email, next_path=reverse("applications:start_candidacy"))
        return redirect("accounts:sign_up_sent")
    return refused_forms.page(request, page, context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start_candidacy(request: SignedInRequest) -> HttpResponse:
    if not candidacies.may_apply(request.user):
        raise Http404
    form = SiretForm(request.POST or None)
    if form.is_valid():
        throttle.count(throttle_policies.CANDIDACY, request, account=request.user.username)
        try:
            siret = form.cleaned_data["siret"]
            registered = register.find(siret)
            candidacy = candidacies.start(siret=siret, account=request.user, registered=registered)
        except Refusal as refusal:
            form.add_error("siret", refusal.told())
        else:
            return redirect("applications:candidacy", candidacy.pk)
    return refused_forms.page(request, "applications/start_candidacy.html", {"form": form})
