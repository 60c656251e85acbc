"""A child's own login: made by a guardian, closed when one who may know a way into it leaves."""

from collections.abc import Iterable

from django.db import models, transaction
from django.utils.crypto import get_random_string

from . import mail, mail_choices, services
from .exceptions import AccountClosed, NoSuchGuardian
from .links import Channel
from .models import Beneficiary, Guardianship, User
from .new_accounts import make_account
from .revocation import revoke

# In the address of the link.
CHILDS = "enfant"


@transaction.atomic
def make_child_login(*, beneficiary_id: int, actor: User) -> tuple[User, str]:
    """Give a child a login, or open its login anew; return it with the link where it chooses its password.

    Its former password and links are worth nothing from then on, and its sessions end. The other guardians
    are told. Locks the child. Raises NoSuchGuardian, AccountClosed.
    """
    child = Beneficiary.objects.select_for_update(of=("self",)).get(pk=beneficiary_id)
    # Asked again under the lock: whoever is removed, or closed, meanwhile would stay in by what is made here.
    if not Guardianship.objects.filter(beneficiary=child, user=actor, user__is_active=True).exists():
        raise NoSuchGuardian("Vous n’êtes plus responsable légal de cet enfant.")
    user = _reopened_login(child.user_id, child) if child.user_id else _new_login(child)
    child.user, child.login_made_by = user, actor
    child.save(update_fields=["user", "login_made_by"])
    for guardianship in Guardianship.objects.filter(beneficiary=child).exclude(user=actor):
        mail.child_login_made(guardianship.user, child)
    return user, _link(user)


def link_for_maker(child: Beneficiary, *, actor: User) -> str:
    """The way to the child's password, for who made its login, as long as none is chosen; else nothing."""
    if not child.user or child.login_made_by_id != actor.pk or child.user.has_usable_password():
        return ""
    return _link(child.user) if child.user.is_active else ""


def _link(user: User) -> str:
    """It says whose kind it is: once it is dead, a child is told to ask a parent."""
    return f"{services.password_link(user, Channel.HAND)}?{CHILDS}"


def _reopened_login(user_id: int, child: Beneficiary) -> User:
    """Raises AccountClosed."""
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if not user.is_active:
        raise AccountClosed
    user.first_name, user.last_name = child.first_name, child.last_name
    user.session_salt = get_random_string(22)
    user.set_unusable_password()
    user.save(update_fields=["first_name", "last_name", "session_salt", "password"])
    return user


def _new_login(child: Beneficiary) -> User:
    return make_account(
        first_name=child.first_name,
        last_name=child.last_name,
        session_salt=get_random_string(22),
        **mail_choices.NONE,
    )


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
    made = Beneficiary.objects.order_by().filter(login_made_by=user_id).values("pk")
    return Beneficiary.objects.filter(pk__in=guarded.union(made)).exclude(user=None)


def made_by(user: User) -> models.QuerySet[User]:
    """The logins of children that this account made, and whose links it has seen.

    Also those of its children of which no maker was kept, and that nobody invited (before 28 November 2026).
    """
    children = Beneficiary.objects.order_by().exclude(user=None)
    made = children.filter(login_made_by=user)
    unknown = children.filter(guardians=user, login_made_by=None, user__access_code_at=None)
    return User.objects.filter(pk__in=made.values("user").union(unknown.values("user")))
