"""The states of what stands around a page."""

from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts.models import Beneficiary, User
from partners.models import Partner

from .made_up import GARANCE, LONG_NAMED
from .states import States


def _frame(
    *children: Beneficiary,
    child: Beneficiary | None = None,
    is_parent: bool = False,
    partner: Partner | None = None,
    manages: bool = False,
) -> SimpleNamespace:
    return SimpleNamespace(
        path="/loisirs/",
        here="tickets:statement",
        children=children,
        child=child,
        menu_child=child,
        pour="",
        carried="",
        is_parent=is_parent,
        partner=partner,
        manages=manages,
        partners=[partner] if partner else [],
        acts_for_several=is_parent or partner is not None,
    )


def _visitors() -> dict[str, tuple[Any, SimpleNamespace]]:
    """Who may look at a page: the user, and the frame that goes with it."""
    someone = User(username="parent.test", first_name="Camille", last_name="TEST CD 92")
    family = [GARANCE, LONG_NAMED]
    return {
        "visiteur": (AnonymousUser(), _frame()),
        "enfant": (someone, _frame(GARANCE, child=GARANCE)),
        "parent": (someone, _frame(*family, is_parent=True)),
        "membre d’un organisme": (someone, _frame(partner=Partner(pk=1, name="JUDO CLUB D ANTONY"))),
        "responsable d’un organisme": (
            someone,
            _frame(partner=Partner(pk=1, name="JUDO CLUB D ANTONY"), manages=True),
        ),
        "parent, nom long": (someone, _frame(*family, child=LONG_NAMED, is_parent=True)),
    }


def framed() -> States:
    return {
        who: {"user": user, "frame": frame, "brand": settings.BRAND, "csrf_input": ""}
        for who, (user, frame) in _visitors().items()
    }


def names() -> States:
    return {
        who: {"user": user, "frame": frame}
        for who, (user, frame) in _visitors().items()
        if frame.children or frame.partners
    }
