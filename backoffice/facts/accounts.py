"""An account, as shown on the page of an act: where the access goes, what else it changes."""

from typing import Any

from accounts.appointment import role_of
from accounts.child_logins import logins_around, made_by, may_be_behind
from accounts.models import User
from core.spelling import of_whom

from .about import About
from .people import facts, warnings

NBSP = "\N{NO-BREAK SPACE}"


def account(user: User) -> About:
    return About(facts(user), warnings=warnings(user))


def access(user: User) -> About:
    """Before an access is given back: where it will go, and since when that is the address."""
    outcome = f"L’accès part à {user.email}." if user.email else "Ce compte n’a pas d’adresse e-mail."
    return About(facts(user), outcome, warnings(user))


def letter(user: User) -> About:
    """The letter goes to the address of the household, and opens the account to whoever holds it."""
    lines = [user.address, f"{user.postcode} {user.city}".strip()]
    home = ", ".join(line for line in lines if line)
    where = f"À envoyer à {home}" if home else f"Aucune adresse postale{NBSP}: à remettre en mains propres"
    return About(facts(user), f"{where}, jamais à qui la demande au téléphone.", warnings(user))


def theft(user: User) -> About:
    """What else falls with the account: the children's logins whose links it has seen."""
    names = ", ".join(f"{login} ({login.username})" for login in made_by(user).order_by("pk"))
    falls = (
        f"Tombe aussi l’accès propre {of_whom(names)}, que ce compte a fait ou a pu faire{NBSP}: un "
        "responsable le refait ensuite."
        if names
        else ""
    )
    told = " et ".join(user.known_emails)
    agent = " Remettez aussi à zéro le second facteur de cet agent." if user.is_staff else ""
    outcome = f"L’e-mail qui le dit part à {told}." if told else f"Aucune adresse connue{NBSP}: appelez."
    return About(facts(user), f"{outcome} {falls}{agent}".strip(), warnings(user))


def closing(user: User) -> About:
    """Which logins of children fall with it."""
    around = logins_around(user.pk).select_related("user").order_by("pk")
    fall = [child for child in around if may_be_behind(user, child)]
    outcome = ""
    if fall:
        names = ", ".join(f"{child} ({child.user.username})" for child in fall if child.user)
        outcome = (
            f"Tombe aussi l’accès propre {of_whom(names)}, que ce compte a pu faire{NBSP}: un responsable "
            "qui reste en est prévenu, et pourra le refaire."
        )
    return About(facts(user), outcome, warnings(user))


def reopening(user: User) -> About:
    """Which logins of children do not live again with it."""
    around = logins_around(user.pk).select_related("user").order_by("pk")
    fallen = [child for child in around if child.user and not child.user.has_usable_password()]
    names = ", ".join(str(child) for child in fallen)
    outcome = (
        f"Reste fermé l’accès propre {of_whom(names)}{NBSP}: un responsable le refait." if fallen else ""
    )
    return About(facts(user), outcome, warnings(user))


def role(user: User, said: dict[str, Any] | None) -> About:
    before = role_of(user)
    after = f"{before} → {said['role']}" if said else before
    return About([*facts(user), ("Rôle d’agent", after)], warnings=warnings(user))
