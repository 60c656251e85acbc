"""The template context of the frame around every page."""

import math
import time
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject, cached_property

from accounts.access import CARRIED, carried_child
from accounts.models import Beneficiary
from partners.models import Partner


class Frame:
    """Under whose name the visitor is connected. Read only by pages that draw it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def path(self) -> str:
        return self._request.path

    @property
    def here(self) -> str:
        """Which page this is, by its name; nothing for an address that is none."""
        match = self._request.resolver_match
        return match.view_name if match else ""

    @cached_property
    def children(self) -> list[Beneficiary]:
        # Whoever is refused before anybody is known has none.
        user = getattr(self._request, "user", None)
        return user.accessible_children if user and user.is_authenticated else []

    @cached_property
    def child(self) -> Beneficiary | None:
        """Of this address, or carried by it, or who is connected: nobody else's name stands on a page."""
        match = self._request.resolver_match
        public_id = match.kwargs.get("public_id") if match else None
        of_address = (child for child in self.children if child.public_id == public_id)
        otherwise = carried_child(self._request) or (None if self.is_parent else self.only_child)
        return next(of_address, otherwise)

    @cached_property
    def partners(self) -> list[Partner]:
        """The organismes that who is connected acts for; a family is not asked."""
        user = getattr(self._request, "user", None)
        return list(Partner.objects.accessible_to(user)) if user and getattr(user, "is_member", False) else []

    @cached_property
    def partner(self) -> Partner | None:
        """Of this address, where it is a page of an organisme's own."""
        match = self._request.resolver_match
        if not match or not self.path.startswith("/organismes/"):
            return None
        return next((it for it in self.partners if it.pk == match.kwargs.get("partner_id")), None)

    @property
    def acts_for_several(self) -> bool:
        return self.is_parent or bool(self.partners)

    @property
    def only_child(self) -> Beneficiary | None:
        return self.children[0] if len(self.children) == 1 else None

    @property
    def menu_child(self) -> Beneficiary | None:
        """The child whose pages the menu leads to: this one, or the only one."""
        return self.child or self.only_child

    @property
    def carried(self) -> str:
        """The child's public id, carried in links to pages that belong to nobody."""
        return self.menu_child.public_id if self.menu_child and self.is_parent else ""

    @property
    def pour(self) -> str:
        """The same, as it follows such an address."""
        return f"?{CARRIED}={self.carried}" if self.carried else ""

    @cached_property
    def is_parent(self) -> bool:
        return any(child.user_id != self._request.user.pk for child in self.children)

    @property
    def session_limit(self) -> int:
        limit: int = settings.SESSION_IDLE
        return limit

    @property
    def session_left(self) -> int | None:
        """Seconds until `end_idle_sessions` ends the session of who is connected; None if it will not."""
        session = self._request.session
        if "seen" not in session or not session.get_expire_at_browser_close():
            return None
        left: float = session["seen"] + settings.SESSION_IDLE - time.time()
        return math.ceil(left)


def frame(request: HttpRequest) -> Mapping[str, Any]:
    return {
        "frame": Frame(request),
        "brand": settings.BRAND,
        # Every form of a page may have the same token: it is masked once a page.
        "csrf_input": SimpleLazyObject(partial(csrf_input, request)),
    }
