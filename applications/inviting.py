"""Another guardian of a child: an agent reads the paper, an invitation leaves, its link lets one person in.

Whoever has the link comes with the account that it has, or makes one: no address is looked for. To look at
the link changes nothing: mail servers do it first. Lock order: the child, then the application.
"""

from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts import audit, guardianship, new_accounts
from accounts.audit import Action
from accounts.exceptions import LinkOutOfUse
from accounts.models import Beneficiary, User, new_link_key

from . import children, deciding, mail
from .exceptions import Moved, NotThisYear
from .models import Application, ApplicationKind, ApplicationState, OtherGuardian
from .models.other_guardian import VALID_FOR

_link = signing.Signer(salt="applications.inviting")


@transaction.atomic
def accept_guardian(*, application_id: int, actor: User) -> OtherGuardian:
    """Write to who is to act for the child, and to who asked; nobody acts for it yet.

    Locks the child, the application. Raises Moved, BeingRead, PapersUnread, NoReadablePaper.
    """
    waiting = Application.objects.filter(kind=ApplicationKind.GUARDIAN, state=ApplicationState.SENT)
    asked = waiting.filter(pk=application_id, other_guardian__isnull=False).first()
    if asked is None or asked.beneficiary_id is None:
        raise Moved
    deciding.accept_for(application_id, actor, beneficiary=children.lock(asked.beneficiary_id))
    other = _with_new_link(application_id)
    mail.guardian_accepted(application_id)
    mail.guardian_invited(other, path(other))
    return other


@transaction.atomic
def send_again(*, application_id: int) -> OtherGuardian:
    """By another link, for as long anew, while what was decided is kept: the one before is worth nothing.

    Locks the child, the application. Raises Moved: it served, or the request was reopened or forgotten.
    """
    asked = Application.objects.filter(pk=application_id, kind=ApplicationKind.GUARDIAN).first()
    if asked is None:
        raise Moved
    children.lock(asked.beneficiary_id or 0)
    accepted = Application.objects.filter(pk=application_id, state=ApplicationState.ACCEPTED)
    if not accepted.select_for_update(of=("self",)).exists() or not _not_served(application_id).exists():
        raise Moved
    other = _with_new_link(application_id)
    mail.guardian_invited(other, path(other))
    return other


def _with_new_link(application_id: int) -> OtherGuardian:
    _not_served(application_id).update(key=new_link_key(), invited_at=timezone.now())
    return OtherGuardian.objects.select_related("application").get(application=application_id)


def _not_served(application_id: int) -> QuerySet[OtherGuardian]:
    return OtherGuardian.objects.filter(application=application_id, joined_at=None)


def path(other: OtherGuardian) -> str:
    return reverse("applications:join", args=[_link.sign(other.key)])


def of_link(token: str) -> OtherGuardian:
    """Raises LinkOutOfUse: once it has served, another one left, the request was reopened, or a month has
    passed.
    """
    oldest = timezone.now() - VALID_FOR
    good = OtherGuardian.objects.filter(
        joined_at=None, application__state=ApplicationState.ACCEPTED, invited_at__gte=oldest
    ).exclude(key="")
    try:
        return good.select_related("application__beneficiary", "application__sent_by").get(
            key=_link.unsign(token)
        )
    except (signing.BadSignature, OtherGuardian.DoesNotExist) as unknown:
        raise LinkOutOfUse from unknown


@transaction.atomic
def join(*, token: str, birth_year: int, user: User) -> Beneficiary:
    """Let who has the link act for the child; its other guardians are told, and the journal tells agents. Of
    two at once, one is let in.

    Locks the child, the application. Raises LinkOutOfUse, NotThisYear, AlreadyGuardian, NoSuchGuardian.
    """
    child = _lock(token)
    if birth_year != child.birth_year:
        raise NotThisYear
    other = of_link(token)
    guardian = guardianship.add(beneficiary_id=child.pk, user_id=user.pk)
    OtherGuardian.objects.filter(pk=other.pk).update(joined_at=timezone.now())
    audit.record(
        action=Action.GUARDIAN_ADDED,
        subject=child,
        reason=f"Invitation acceptée, {other.application}",
        actor=None,
        details=f"{guardian} ({guardian.username})",
    )
    return child


def join_with_new_account(
    *, token: str, birth_year: int, first_name: str, last_name: str, phone: str, password: str
) -> tuple[User, Beneficiary]:
    """Who reads the e-mail has the address: it is confirmed together with the password.

    Locks the child, the application. Raises LinkOutOfUse, NotThisYear.
    """
    hashed = make_password(password)
    with transaction.atomic():
        address = of_link(token).email
        user = new_accounts.make_account(
            first_name=first_name,
            last_name=last_name,
            phone=phone,
            password=hashed,
            email=address,
            email_confirmed_at=timezone.now(),
        )
        return user, join(token=token, birth_year=birth_year, user=user)


def _lock(token: str) -> Beneficiary:
    """The child; and the request, which an agent may reopen meanwhile. Raises LinkOutOfUse."""
    asked = of_link(token).application
    try:
        child = children.lock(asked.beneficiary_id or 0)
    except Moved:
        raise LinkOutOfUse from None
    Application.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    of_link(token)
    return child
