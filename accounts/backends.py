"""Authentication by identifiant and password, throttled."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from core import throttle
from core.compiled_query import CompiledQuery

from . import security_log, throttle_policies
from .models import User
from .security_log import Event

by_id = CompiledQuery(lambda pk: User.objects.filter(pk=pk))


class ThrottledBackend(ModelBackend):
    """Every login form ends here, that of the administration too, so this is where attempts are counted."""

    def get_user(self, user_id: int) -> User | None:
        """Asked at every page."""
        for user in by_id(user_id):
            return user if self.user_can_authenticate(user) else None
        return None

    def get_user_permissions(self, user_obj: AbstractBaseUser | AnonymousUser, obj: Any = None) -> set[str]:
        """None: rights come with a role, which two administrators give. Asked at every page of agents."""
        return set()

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """Raises TooManyAttempts, before it looks for the account or hashes anything.

        Without a request nobody is at the door: a command, a test.
        """
        if request is None or username is None:
            return super().authenticate(request, username, password)
        attempt = throttle.count(throttle_policies.LOGIN, request, account=username)
        user = super().authenticate(request, username, password)
        if user:
            attempt.forgive()
        else:
            security_log.note(Event.SIGN_IN_FAILED, account=username)
        return user
