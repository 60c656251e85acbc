"""Adds, removes and replaces guardians. Each change takes effect at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from core import typed_text

from . import child_logins, identity, mail, services
from .exceptions import AlreadyGuardian, LastGuardian, NoSuchGuardian
from .models import Beneficiary, EndedGuardianship, Guardianship, User
from .new_accounts import make_account


@dataclass(frozen=True)
class Left:
    """The result of a removal: the former guardian, and whether the child's own login was closed."""

    guardian: User
    login_closed: bool


def adults() -> QuerySet[User]:
    """The accounts that may become a guardian's."""
    return User.objects.filter(is_active=True, is_staff=False, beneficiary=None, anonymised_at=None)


def known_as(said: str) -> QuerySet[User]:
    """Accounts by exact identifiant, else by e-mail address, else by words of names and town."""
    for exact in (Q(username=typed_text.username(said)), Q(email__iexact=typed_text.email(said))):
        if adults().filter(exact).exists():
            return adults().filter(exact)
    found = adults()
    for word in said.split():
        found = found.filter(
            Q(last_name__icontains=word) | Q(first_name__icontains=word) | Q(city__icontains=word)
        )
    return found


@transaction.atomic
def add(*, beneficiary_id: int, user_id: int) -> User:
    """Let another family account act for the child; its other guardians are told. Locks the child.

    Raises NoSuchGuardian, AlreadyGuardian.
    """
    child = _lock(beneficiary_id)
    others = list(child.guardians.all())
    guardian = _make(child, user_id)
    for other in others:
        mail.guardians_changed(other, child)
    return guardian


@transaction.atomic
def add_account(*, beneficiary_id: int, person: Mapping[str, str]) -> User:
    """Make the account of somebody who has none, and let it act for the child; its other guardians are told.

    `person` has the columns of `User` that say who it is and how to reach it. Without a password: its access
    is mailed where it has an address, else a letter gives it. Locks the child, and raises AlreadyGuardian if
    a guardian of it is called so: the same form may come twice.
    """
    child = _lock(beneficiary_id)
    others = list(child.guardians.all())
    names = identity.folded(person["first_name"], person["last_name"])
    if any(identity.folded(other.first_name, other.last_name) == names for other in others):
        raise AlreadyGuardian
    user = make_account(**person)
    Guardianship.objects.create(user=user, beneficiary=child)
    if user.email:
        services.send_first_access(user_id=user.pk)
    for other in others:
        mail.guardians_changed(other, child)
    return user


@transaction.atomic
def remove(*, beneficiary_id: int, user_id: int, may_be_last: bool = False) -> Left:
    """End what a guardian may do for the child, and the open sessions; the others are told.

    With it goes the child's own login, if who leaves may be behind it. That it ended is kept: the next roster
    of the school may still name this guardian. Locks the child. Raises NoSuchGuardian, LastGuardian.
    """
    child = _lock(beneficiary_id)
    left = _end(child, user_id)
    others = list(child.guardians.all())
    if not others and not may_be_last:
        raise LastGuardian
    for other in others:
        mail.guardians_changed(other, child, login_closed=left.login_closed)
    return left


@transaction.atomic
def replace(*, beneficiary_id: int, user_id: int, coming_id: int) -> tuple[Left, User]:
    """Let another family account act for the child instead: both at once, or nothing. Locks the child.

    Raises NoSuchGuardian, AlreadyGuardian.
    """
    child = _lock(beneficiary_id)
    coming = _make(child, coming_id)
    left = _end(child, user_id)
    for other in child.guardians.exclude(pk=coming_id):
        mail.guardians_changed(other, child, login_closed=left.login_closed)
    return left, coming


def _lock(beneficiary_id: int) -> Beneficiary:
    """Without its login: one that is made meanwhile would be missing, read by a join before the wait."""
    return Beneficiary.objects.select_for_update(no_key=True).get(pk=beneficiary_id)


def _make(child: Beneficiary, user_id: int) -> User:
    guardian = adults().filter(pk=user_id).first()
    if not guardian:
        raise NoSuchGuardian
    _, made = Guardianship.objects.get_or_create(user=guardian, beneficiary=child)
    if not made:
        raise AlreadyGuardian
    EndedGuardianship.objects.filter(user=guardian, beneficiary=child).delete()
    return guardian


def _end(child: Beneficiary, user_id: int) -> Left:
    removed, _ = Guardianship.objects.filter(beneficiary=child, user=user_id).delete()
    if not removed:
        raise NoSuchGuardian("Cette personne n’est plus responsable légal de l’enfant.")
    EndedGuardianship.objects.create(beneficiary=child, user_id=user_id)
    guardian = services.end_sessions(user_id=user_id)
    return Left(guardian, login_closed=child_logins.close_login(child, guardian))
