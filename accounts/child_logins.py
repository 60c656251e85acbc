"""A child's own login, when a guardian who may know a way into it leaves."""

from collections.abc import Iterable

from django.db import models

from . import mail
from .models import Beneficiary, Guardianship, User
from .revocation import revoke


def may_be_behind(guardian: User, child: Beneficiary) -> bool:
    """Whether this guardian may know a way into the child's own login.

    Who made it has seen the link to its password, and who reads its e-mail gets another. Of a login that
    nobody invited and of which no maker was kept (before 28 November 2026), any of them may be it.
    """
    login = child.user
    if not login:
        return False
    reads_it = bool(guardian.email) and login.email.casefold() == guardian.email.casefold()
    is_unknown = not child.login_made_by_id and not login.access_code_at
    return child.login_made_by_id == guardian.pk or is_unknown or reads_it


def close_logins(children: Iterable[Beneficiary], leaving: User) -> list[Beneficiary]:
    """`close_login` of each; tell the guardians who stay, and return the children whose login fell."""
    closed = [child for child in children if close_login(child, leaving)]
    for child in closed:
        for other in child.guardians.filter(is_active=True).exclude(pk=leaving.pk).order_by("pk"):
            mail.child_login_closed(other, child)
    return closed


def close_login(child: Beneficiary, leaving: User) -> bool:
    """Close the child's own login, if who leaves may be behind it; return whether it was.

    Its address too: « identifiants oubliés » would open it again, unless a guardian who stays reads it. In
    the transaction of a caller who locked the child.
    """
    if not child.user or not may_be_behind(leaving, child):
        return False
    login = child.user
    stay = child.guardians.filter(is_active=True).exclude(pk=leaving.pk)
    stays = login.email and stay.filter(email__iexact=login.email).exists()
    no_address = {"email": "", "former_email": "", "email_confirmed_at": None, "email_changed_at": None}
    revoke([login], **({} if stays else no_address))
    return True


def logins_around(user_id: int) -> models.QuerySet[Beneficiary]:
    """The children who have a login of their own, of whom this account is a guardian or made the login."""
    guarded = Guardianship.objects.filter(user=user_id).values("beneficiary")
    theirs = Beneficiary.objects.filter(models.Q(pk__in=guarded) | models.Q(login_made_by=user_id))
    return theirs.exclude(user=None)


def made_by(user: User) -> models.QuerySet[User]:
    """The logins of children that this account made, and whose links it has seen.

    Also those of its children of which no maker was kept, and that nobody invited (before 28 November 2026).
    """
    made = models.Q(login_made_by=user)
    unknown = models.Q(guardians=user, login_made_by=None, user__access_code_at=None)
    return User.objects.filter(beneficiary__in=Beneficiary.objects.filter(made | unknown))
