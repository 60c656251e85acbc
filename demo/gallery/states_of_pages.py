"""The states of what stands around and between the subjects of a page."""

from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator

from accounts.models import Beneficiary, User
from core.money import NBSP
from tickets.paper_form import paper_options
from wallets.models import Kind

from .fields import Fields
from .made_up import GARANCE, LONG_NAMED, wallet
from .states import States


def _frame(
    *children: Beneficiary, child: Beneficiary | None = None, is_parent: bool = False
) -> SimpleNamespace:
    return SimpleNamespace(
        path="/loisirs/",
        here="tickets:statement",
        children=children,
        child=child,
        menu_child=child,
        is_parent=is_parent,
    )


def _visitors() -> dict[str, tuple[Any, SimpleNamespace]]:
    """Who may look at a page: the user, and the frame that goes with it."""
    someone = User(username="parent.test", first_name="Camille", last_name="TEST CD 92")
    family = [GARANCE, LONG_NAMED]
    return {
        "visiteur": (AnonymousUser(), _frame()),
        "enfant": (someone, _frame(GARANCE, child=GARANCE)),
        "parent": (someone, _frame(*family, is_parent=True)),
        "parent, nom long": (someone, _frame(*family, child=LONG_NAMED, is_parent=True)),
    }


def framed() -> States:
    return {
        who: {"user": user, "frame": frame, "brand": settings.BRAND, "csrf_input": ""}
        for who, (user, frame) in _visitors().items()
    }


def names() -> States:
    return {
        who: {"user": user, "frame": frame} for who, (user, frame) in _visitors().items() if frame.children
    }


def messages() -> States:
    said = {
        constants.SUCCESS: f"Le ticket n°{NBSP}12 est annulé.",
        constants.INFO: "Votre session a été prolongée.",
        constants.WARNING: "Ce porte-monnaie ferme dans trois jours.",
        constants.ERROR: "Cochez « Imprimer » sur au moins un ticket.",
    }
    states = {
        Message(level, "").level_tag: {"messages": [Message(level, text)]} for level, text in said.items()
    }
    return {"aucun": {"messages": []}} | states


def fields() -> States:
    blank, wrong = Fields(), Fields({})
    good = {f"{field.label}": {"field": field, "star": False} for field in blank}
    refused = {f"{field.label} – erreur": {"field": field, "star": True} for field in wrong if field.errors}
    return good | refused


def options() -> States:
    options = paper_options([wallet(Kind.SPORT, "0.00"), wallet(Kind.CULTURE, "60.00")])
    states = {
        f"{option.label}{' – impossible' * option.disabled}": {
            "option": option,
            "count": len(options),
            "index": index,
            "chosen": options[-1].value,
        }
        for index, option in enumerate(options)
    }
    another = {"option": options[1], "count": 8, "index": 9, "chosen": None}
    return states | {"deux campagnes ouvertes": another}


def spend_all() -> States:
    field = Fields()["amount"]
    return {
        "il en reste": {"field": field, "wallet": wallet(Kind.SPORT, "7.50")},
        "plus rien": {"field": field, "wallet": wallet(Kind.SPORT, "0.00")},
    }


def pagers() -> States:
    pages = Paginator(range(90), 30)
    states = {
        f"page {number}": {"page": pages.page(number), "query": "commune=92002"} for number in (1, 2, 3)
    }
    return states | {"une seule page": {"page": Paginator([1], 30).page(1), "query": ""}}


def post_pagers() -> States:
    asked = {"data": {"nom": "judo", "latitude": "48.753"}, "csrf_input": ""}
    pages = {state: it["page"] for state, it in pagers().items()}
    # The form is there all the same: the map asks by it too.
    pages["en une page"] = pages.pop("une seule page")
    return {state: {"page": page} | asked for state, page in pages.items()}


def session_end() -> dict[str, Any]:
    """Closed as in a page: its moment comes in an hour."""
    hour = {"session_left": 3600, "session_limit": 3600}
    here = SimpleNamespace(get_full_path=lambda: "/")
    return {"frame": hour, "request": here, "csrf_input": ""}


def topics() -> States:
    topic = SimpleNamespace(question="J’ai perdu un ticket.", answer="Annulez-le, puis **refaites-en un**.")
    return {
        "fermée": {"topic": topic, "facts": {}},
        "ouverte": {"topic": topic, "facts": {}, "open": True},
    }
