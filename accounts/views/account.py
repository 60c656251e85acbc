"""« Mon compte »: what is held of who is connected, each thing with one way to change it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import devices, passwords, services, throttle_policies
from accounts.exceptions import ChangedMeanwhile
from accounts.openid import linking
from core import refused_forms, throttle

from ..access import SignedInRequest, carrying
from ..forms import DetailsForm, MailChoicesForm, PasswordForm
from ..models import Beneficiary, Guardianship, User


@require_safe
def account(request: SignedInRequest) -> HttpResponse:
    guardians = Guardianship.objects.exclude(user=request.user).select_related("user")
    children = Beneficiary.objects.accessible_to(request.user).filter(guardianships__user=request.user)
    context = {
        "children": children.select_related("user", "school").prefetch_related(
            Prefetch("guardianships", guardians, "other_guardianships")
        ),
        "mails": MailChoicesForm(instance=request.user),
        "identities": linking.identities_of(request.user),
        "devices": devices.of(request.user, this=request.headers.get("User-Agent", "")),
    }
    return render(request, "accounts/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: SignedInRequest) -> HttpResponse:
    """Address and telephone, of adults: a child's are its guardians'."""
    if not request.user.may_guard:
        raise Http404
    form = DetailsForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if form.is_valid():
        services.change_details(user_id=request.user.pk, details=form.cleaned_data)
        messages.success(request, "Vos coordonnées sont enregistrées.")
        return redirect(carrying(request, "accounts:account"))
    return refused_forms.page(request, "accounts/details.html", {"form": form})


@require_POST
def end_other_sessions(request: SignedInRequest) -> HttpResponse:
    """« Déconnecter les autres appareils »: this one stays."""
    user = services.end_sessions(user_id=request.user.pk)
    update_session_auth_hash(request, user)
    messages.success(request, "Les autres appareils sont déconnectés.")
    return redirect(carrying(request, "accounts:account"))


class Password(auth.PasswordChangeView):
    """Change one's password: every other session of this account ends."""

    template_name = "accounts/password.html"
    form_class = PasswordForm
    success_url = reverse_lazy("accounts:account")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form: Any) -> HttpResponse:
        throttle.count(throttle_policies.NEW_PASSWORD, self.request, account=form.user.username)
        try:
            passwords.change(user=form.user, password=form.cleaned_data["new_password1"])
        except ChangedMeanwhile as refusal:
            messages.error(self.request, refusal.sentence)
        else:
            update_session_auth_hash(self.request, form.user)
            messages.success(self.request, "Votre mot de passe est changé.")
        return redirect(carrying(self.request, "accounts:account"))

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        return refused_forms.page(self.request, self.template_name, context)
