"""The template context of the frame around every page."""

import math
import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property

from accounts.access import CARRIED, carried_child
from accounts.models import Beneficiary, User
from applications import candidacies, enrolling, renewing
from applications.models import Candidacy
from applications.offering import Offer, offers
from applications.reading import Asked, asked_by
from applications.standing import Standing, standing_of
from partners.models import Membership, Partner
from payments import calendar
from payments.reading import Next, next_payment
from wallets.reading import WalletBreakdown


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
    def memberships(self) -> list[Membership]:
        """By which who is connected acts for organismes; a family is not asked."""
        user = getattr(self._request, "user", None)
        if not user or not getattr(user, "is_member", False):
            return []
        theirs = Membership.objects.open().filter(user=user, partner__in=Partner.objects.accessible_to(user))
        return list(theirs.select_related("partner").order_by("partner"))

    @property
    def partners(self) -> list[Partner]:
        return [membership.partner for membership in self.memberships]

    @cached_property
    def membership(self) -> Membership | None:
        """At the organisme of this address, where it is a page of its own."""
        match = self._request.resolver_match
        if not match or not self.path.startswith("/organismes/"):
            return None
        wanted = match.kwargs.get("partner_id")
        return next((it for it in self.memberships if it.partner_id == wanted), None)

    @property
    def partner(self) -> Partner | None:
        return self.membership.partner if self.membership else None

    @property
    def manages(self) -> bool:
        """Whether who is connected answers for that organisme, and sees its money."""
        return bool(self.membership and self.membership.is_manager)

    @property
    def next_payment(self) -> Next | None:
        return next_payment(self.membership.partner) if self.membership and self.manages else None

    @property
    def convention(self) -> Standing | None:
        """Of that organisme, for who answers for it: the version in force, and its signature."""
        return standing_of(self.membership.partner) if self.membership and self.manages else None

    @property
    def paid_after(self) -> int | None:
        """Days from the last day of a batch to its payments; None before the first."""
        return calendar.paid_after()

    def scholarships(self, wallets: Sequence[WalletBreakdown]) -> list[Offer]:
        """What a guardian may ask for this child, or follows; of its wallets that are open."""
        child, user = self.child, cast(User, self._request.user)
        if child is None or child.user_id == user.pk:
            return []
        return offers(child, user, wallets, timezone.localdate())

    @property
    def may_enrol(self) -> bool:
        """« Ajouter un enfant »."""
        return enrolling.may_enrol(cast(User, self._request.user))

    @cached_property
    def asked(self) -> Asked:
        """Enrolments, and changes of each child."""
        return asked_by(cast(User, self._request.user))

    @cached_property
    def renewals(self) -> dict[int, str]:
        """The children that may be enrolled again, and in which campaign."""
        return renewing.offered(cast(User, self._request.user), timezone.localdate())

    @property
    def candidacies(self) -> list[Candidacy]:
        """Of the organismes that who is connected asks to affiliate."""
        return candidacies.followed_by(cast(User, self._request.user))

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
