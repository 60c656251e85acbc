"""Who is behind an identifiant and a password."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from . import throttle
from .models import User


class ThrottledBackend(ModelBackend):
    """Every login form ends here, that of the administration too, so this is where attempts are counted."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """Raises TooManyAttempts, before it looks for the account or hashes anything.

        Without a request nobody is at the door: a command, a test.
        """
        if request is None or username is None:
            return super().authenticate(request, username, password)
        attempt = throttle.count(throttle.LOGIN, request, account=username)
        user = super().authenticate(request, username, password)
        if user:
            attempt.forgive()
        return user
