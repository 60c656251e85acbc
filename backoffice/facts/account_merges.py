"""Two accounts of one adult beside each other, and what merging them moves."""

from collections.abc import Iterator
from typing import Any

from accounts.account_merge import filled
from accounts.models import User

from . import people
from .about import About, Facts
from .beside import beside, of_account

NBSP = "\N{NO-BREAK SPACE}"


def merge(user: User, said: dict[str, Any] | None) -> About:
    if not said:
        return About(people.facts(user), warnings=people.warnings(user))
    kept: User = said["kept"]
    coming = user.children.exclude(pk__in=kept.children.values("pk")).select_related("school").order_by("pk")
    taken = [str(value) for value in filled(user, kept).values() if isinstance(value, str) and value]
    told = {address.lower(): address for one in (user, kept) for address in one.known_emails}
    facts: Facts = [
        ("Compte gardé", people.person(kept)),
        *[("Enfant qui s’y ajoute", people.child_line(child)) for child in coming],
        ("Complété sur le compte gardé", ", ".join(taken) or "rien"),
        ("Adresses prévenues", ", ".join(told.values()) or "aucune"),
    ]
    outcome = (
        f"On n’entre plus que par {kept.username}. {user.username} est fermé pour de bon{NBSP}: appareils "
        "déconnectés, mot de passe, liens et codes sans valeur. Ce qu’il a fait reste à son nom."
    )
    return About(facts, outcome, list(_warnings(user, kept)), beside=beside(user, kept, of_account))


def takes_two(user: User, said: dict[str, Any]) -> bool:
    """Where somebody else's address may be in it, or both were proved to be somebody's."""
    double, kept = User.objects.get(pk=user.pk), User.objects.get(pk=said["kept"].pk)
    return double.needs_two_agents or kept.needs_two_agents or _two_owners(double, kept)


def _two_owners(double: User, kept: User) -> bool:
    confirmed = double.email_confirmed_at and kept.email_confirmed_at
    return bool(confirmed) and double.email.lower() != kept.email.lower()


def _warnings(double: User, kept: User) -> Iterator[str]:
    yield from people.warnings(double)
    yield from people.warnings(kept)
    if _two_owners(double, kept):
        yield (
            "Chacun a confirmé une autre adresse e-mail. Assurez-vous que c’est une seule personne, et non "
            "un couple ou des homonymes."
        )
    if double.last_login and not kept.last_login:
        yield f"La personne se sert de {double.username}. C’est lui qu’il faudrait garder."
