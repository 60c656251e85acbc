"""Connects who has just made an account."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest

from . import services
from .models import User


def with_new_account(request: HttpRequest, user: User) -> None:
    """Until the browser is closed. Its identifiant is told: nobody has seen it yet."""
    login(request, user)
    services.note_sign_in(user=user, user_agent=request.headers.get("User-Agent", ""))
    request.session.set_expiry(0)
    messages.success(
        request, f"Votre compte est créé. Notez votre identifiant\N{NO-BREAK SPACE}: {user.username}."
    )
