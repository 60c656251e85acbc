"""Another e-mail address: asked for, confirmed, refused."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import child_logins, email_change, mail, throttle_policies
from accounts.exceptions import LinkOutOfUse
from core import refused_forms, throttle

from ..access import SignedInRequest, carrying, keep_address
from ..forms import EmailForm
from ..models import EmailChange, User


@require_http_methods(["GET", "HEAD", "POST"])
def email(request: SignedInRequest) -> HttpResponse:
    """Another e-mail address: nothing changes until it has answered."""
    form = EmailForm(request.POST or None, request=request)
    if form.is_valid():
        throttle.count(throttle_policies.ADDRESS, request, account=request.user.username)
        email_change.ask(user_id=request.user.pk, address=form.cleaned_data["email"])
        messages.success(
            request,
            "Un message vient de partir à la nouvelle adresse. Elle sera la vôtre quand vous aurez ouvert "
            "le lien qu’il contient.",
        )
        return redirect(carrying(request, "accounts:account"))
    return refused_forms.page(request, "accounts/email.html", {"form": form, "hours": mail.hours()})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_email(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the message. To look changes nothing: mail servers look at links before people do."""
    try:
        change = email_change.to_confirm(token)
        if request.method == "POST":
            email_change.confirm(token=token)
            messages.success(request, "Votre adresse e-mail est changée.")
            return redirect(carrying(request, "accounts:account"))
    except LinkOutOfUse:
        return render(request, "accounts/confirm_email.html", {"address": ""}, status=404)
    return keep_address(render(request, "accounts/confirm_email.html", {"address": change.new}))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_email(request: HttpRequest, token: str) -> HttpResponse:
    """« Ce n'est pas moi », from the message to the old address. To look changes nothing."""
    context: dict[str, Any] = {"change": None, "logins": []}
    try:
        change = context["change"] = email_change.to_refuse(token)
        logins = context["logins"] = list(child_logins.made_by(change.user).order_by("pk"))
        if request.method == "POST":
            password_path = email_change.refuse(token=token)
            messages.success(request, _protected(change, logins))
            return redirect(password_path)
    except LinkOutOfUse:
        return render(request, "accounts/refuse_email.html", context, status=404)
    return keep_address(render(request, "accounts/refuse_email.html", context))


def _protected(change: EmailChange, logins: Sequence[User]) -> str:
    """The result of « Ce n'est pas moi »."""
    told = (
        f"Le compte {change.user.username} a pour adresse {change.old}, et aucune autre. Tous ses appareils "
        "sont déconnectés, et l’ancien mot de passe n’ouvre plus rien."
    )
    if logins:
        names = ", ".join(map(str, logins))
        told += f" L’accès propre de {names}, que ce compte avait fait, est fermé. Refaites-le."
    return f"{told} Choisissez tout de suite un autre mot de passe, qui ne sert nulle part ailleurs."
