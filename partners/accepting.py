"""An invitation is accepted, once, by who has its link: with the account that one has, or with a new one."""

from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import transaction
from django.utils import timezone

from accounts import new_accounts
from accounts.exceptions import LinkOutOfUse
from accounts.models import User

from . import mail, memberships
from .exceptions import CannotJoin
from .invitations import link
from .models import Invitation, Membership, Role


def of_link(token: str) -> Invitation:
    """What this link invites to. Raises LinkOutOfUse."""
    pending = Invitation.objects.pending().select_related("partner", "invited_by")
    try:
        invitation = pending.get(key=link.unsign(token))
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
            first_name=first_name,
            last_name=last_name,
            password=hashed,
            email=address,
            email_confirmed_at=timezone.now(),
        )
        accept(token=token, user=user)
    return user
