"""Invitations to act for an organisme: sent by e-mail, accepted by `partners.accepting`.

The link carries a random key and a signature. To look changes nothing: mail servers look at links before
people do.
"""

import datetime as dt

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User

from . import mail, memberships
from .exceptions import AlreadyAMember, NotInvited
from .models import Invitation, Partner, Role, new_link_key

# Who was invited when is told no longer.
KEPT_FOR = dt.timedelta(days=365)
# How long the members of an organisme that is handed over may object.
OBJECTION = dt.timedelta(days=7)

link = signing.Signer(salt="partners.invitations")


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
    return reverse("partners:invitation", args=[link.sign(invitation.key)])


def _pending_and_locked(invitation_id: int, partner_id: int) -> Invitation:
    memberships.lock(partner_id)
    pending = Invitation.objects.pending().select_related("partner", "invited_by")
    found = pending.filter(pk=invitation_id, partner=partner_id).first()
    if found is None:
        raise NotInvited
    return found
