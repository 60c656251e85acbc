"""Invitations to act for an organisme: sent by e-mail, accepted once, by who has the link.

The link carries a random key and a signature. To look changes nothing: mail servers look at links before
people do.
"""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import new_accounts
from accounts.exceptions import LinkOutOfUse
from accounts.models import User

from . import mail, memberships
from .exceptions import AlreadyAMember, CannotJoin, NotInvited
from .models import Invitation, Membership, Partner, Role, new_link_key

# Who was invited when is told no longer.
KEPT_FOR = dt.timedelta(days=365)
# How long the members of an organisme that is handed over may object.
OBJECTION = dt.timedelta(days=7)

_link = signing.Signer(salt="partners.invitations")


@transaction.atomic
def invite(*, partner_id: int, email: str, role: Role, actor: User) -> Invitation:
    """Who was invited already, and has not answered, is invited anew: the link of before is dead.

    Locks the organisme. Raises AlreadyAMember.
    """
    return _invite(memberships.lock(partner_id), email=email, role=role, actor=actor)


@transaction.atomic
def hand_over(*, partner_id: int, email: str, actor: User) -> Invitation:
    """Let somebody answer for an organisme that nobody answers for any more, after seven days.

    Its members of before are told at once, and may object. Locks the organisme. Raises AlreadyAMember.
    """
    partner = memberships.lock(partner_id)
    opens_on = timezone.localdate() + OBJECTION
    invitation = _invite(partner, email=email, role=Role.MANAGER, actor=actor, opens_on=opens_on)
    mail.handed_over(partner, opens_on)
    return invitation


def _invite(
    partner: Partner, *, email: str, role: Role, actor: User, opens_on: dt.date | None = None
) -> Invitation:
    if partner.memberships.open().filter(user__email__iexact=email, role__in=_at_least(role)).exists():
        raise AlreadyAMember
    partner.invitations.pending().filter(email__iexact=email).update(withdrawn_at=timezone.now())
    invitation = partner.invitations.create(email=email, role=role, invited_by=actor, opens_on=opens_on)
    mail.invited(invitation, path(invitation))
    return invitation


def _at_least(role: Role) -> list[Role]:
    """A member at the counter may be invited to answer for the organisme."""
    return [Role.MANAGER] if role == Role.MANAGER else [*Role]


@transaction.atomic
def send_again(*, invitation_id: int, partner_id: int) -> Invitation:
    """With another link, for fourteen days. Locks the organisme. Raises NotInvited."""
    invitation = _pending_and_locked(invitation_id, partner_id)
    invitation.key, invitation.sent_at = new_link_key(), timezone.now()
    invitation.save(update_fields=["key", "sent_at"])
    mail.invited(invitation, path(invitation))
    return invitation


@transaction.atomic
def withdraw(*, invitation_id: int, partner_id: int) -> Invitation:
    """Locks the organisme. Raises NotInvited."""
    invitation = _pending_and_locked(invitation_id, partner_id)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


def path(invitation: Invitation) -> str:
    return reverse("partners:invitation", args=[_link.sign(invitation.key)])


def of_link(token: str) -> Invitation:
    """What this link invites to. Raises LinkOutOfUse."""
    pending = Invitation.objects.pending().select_related("partner", "invited_by")
    try:
        invitation = pending.get(key=_link.unsign(token))
    except (signing.BadSignature, Invitation.DoesNotExist) as unknown:
        raise LinkOutOfUse from unknown
    if invitation.has_expired or invitation.partner.merged_into_id:
        raise LinkOutOfUse
    return invitation


def may_join(user: User) -> bool:
    """Neither an agent nor a child acts for an organisme."""
    return not user.is_staff and not hasattr(user, "beneficiary")


@transaction.atomic
def accept(*, token: str, user: User) -> Membership:
    """Let who has the link act for the organisme; its managers are told. Of two at once, one is let in.

    A manager who accepts the counter stays a manager. Locks the organisme. Raises LinkOutOfUse, CannotJoin.
    """
    if not may_join(user):
        raise CannotJoin
    partner = memberships.lock(of_link(token).partner_id)
    invitation = of_link(token)
    if not invitation.is_open_yet:
        raise LinkOutOfUse
    now = timezone.now()
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=now, accepted_by=user)
    before = memberships.open_one(user, partner.pk)
    role = Role.MANAGER if before and before.is_manager else Role(invitation.role)
    membership = memberships.join(user_id=user.pk, partner_id=partner.pk, role=role)
    mail.joined(membership)
    return membership


def accept_with_new_account(*, token: str, first_name: str, last_name: str, password: str) -> User:
    """Who reads the e-mail has the address: it is confirmed together with the password.

    Locks the organisme. Raises LinkOutOfUse.
    """
    hashed = make_password(password)
    with transaction.atomic():
        address = of_link(token).email
        user = new_accounts.make_account(
            first_name=first_name, last_name=last_name, email=address, email_confirmed_at=timezone.now()
        )
        user.password = hashed
        user.save(update_fields=["password"])
        accept(token=token, user=user)
    return user


def _pending_and_locked(invitation_id: int, partner_id: int) -> Invitation:
    memberships.lock(partner_id)
    pending = Invitation.objects.pending().select_related("partner", "invited_by")
    found = pending.filter(pk=invitation_id, partner=partner_id).first()
    if found is None:
        raise NotInvited
    return found
