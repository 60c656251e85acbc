"""A child, as shown on the page of an act."""

from accounts import child_logins
from accounts.models import Beneficiary, User
from core.money import NBSP

from . import people
from .about import About, Facts


def of_child(child: Beneficiary) -> About:
    guardians = [("Responsable légal", people.person(guardian)) for guardian in _guardians(child)]
    return About([("Bénéficiaire", people.child_line(child)), *guardians, *_login(child)])


def called(child: Beneficiary) -> str:
    """In one line, to tell namesakes apart."""
    guardians = ", ".join(str(guardian) for guardian in _guardians(child))
    left = "" if child.is_enrolled else ", non inscrit"
    whose = f"responsables{NBSP}: {guardians}" if guardians else "sans responsable"
    return f"{people.child_line(child)}, numéro {child.pupil_number}{left}, {whose}"


def leaving(child: Beneficiary) -> About:
    """The child, and which guardian’s leaving closes the child’s own login too."""
    behind = [str(guardian) for guardian in _guardians(child) if child_logins.may_be_behind(guardian, child)]
    outcome = ""
    if behind:
        outcome = (
            f"Si c’est {' ou '.join(behind)} qui part, l’accès propre de l’enfant est fermé avec lui"
            f"{NBSP}: un responsable qui reste pourra le refaire."
        )
    return About(of_child(child).facts, outcome)


def _guardians(child: Beneficiary) -> list[User]:
    return list(child.guardians.order_by("username"))


def _login(child: Beneficiary) -> Facts:
    if not child.user:
        return []
    maker = f", fait par {child.login_made_by}" if child.login_made_by else ""
    return [
        ("Accès propre de l’enfant", f"{child.user.username}, {child.user.email or 'sans e-mail'}{maker}")
    ]
