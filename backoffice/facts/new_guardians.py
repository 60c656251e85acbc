"""Whom the account of a new guardian is like: for the agent to look at before it is made."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from accounts import guardianship, identity
from accounts.models import Beneficiary, User
from core.phonetics import most_alike

from . import children, people
from .about import About

SHOWN = 5


def making(child: Beneficiary, cleaned: dict[str, Any] | None) -> About:
    facts = list(children.of_child(child).facts)
    if not cleaned:
        return About(facts)
    alike = [("Ressemble à", people.person(user)) for user in _alike(cleaned)]
    warnings = ["Un compte ressemble à celui-ci. Si c’est le sien, ajoutez-le plutôt."] if alike else []
    name = f"{cleaned['first_name']} {cleaned['last_name']}".strip()
    sent = f"à {cleaned['email']}" if cleaned["email"] else "par une lettre, que vous ferez ensuite"
    told = [
        *facts,
        ("Nouveau compte", f"{name}, son accès {'part ' if cleaned['email'] else ''}{sent}"),
        *alike,
    ]
    return About(told, warnings=warnings)


def _alike(cleaned: dict[str, Any]) -> Iterator[User]:
    """By a way to be reached, or by the name, even swapped or misheard in one letter."""
    adults = guardianship.adults().prefetch_related("children")
    same = Q(pk=0)
    if cleaned["email"]:
        same |= Q(email__iexact=cleaned["email"])
    if cleaned["phone"]:
        same |= Q(phone=cleaned["phone"])
    name = {*identity.folded(cleaned["first_name"], cleaned["last_name"])}
    near = most_alike(adults, ("last_name", "first_name"), f"{cleaned['last_name']} {cleaned['first_name']}")
    named = [
        user
        for user in near.order_by("pk")[: 10 * SHOWN]
        if {*identity.folded(user.first_name, user.last_name)} == name
    ]
    found = {user.pk: user for user in [*adults.filter(same).order_by("pk")[:SHOWN], *named]}
    yield from list(found.values())[:SHOWN]
