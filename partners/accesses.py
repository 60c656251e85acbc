"""Who has an access to an organisme, or is about to have one, as an agent reads and closes it."""

from accounts.models import User
from core.formats import jour_court

from . import invitations, memberships
from .exceptions import NotAMember
from .models import Invitation, Membership, Partner


def accesses(partner: Partner) -> list[tuple[str, str]]:
    """Each by a key, in words: its members, then those who are invited."""
    members = Membership.objects.of(partner).open()
    invited = partner.invitations.pending().select_related("invited_by")
    return [
        *((f"membre {it.pk}", _member(it)) for it in members),
        *((f"invitation {it.pk}", _invited(it)) for it in invited),
    ]


def close(*, partner_id: int, key: str, actor: User) -> str:
    """Return whose it was. An agent may close the last manager's. Raises NotAMember, NotInvited."""
    kind, _, number = key.partition(" ")
    if not number.isdecimal():
        raise NotAMember
    if kind == "invitation":
        return str(invitations.withdraw(invitation_id=int(number), partner_id=partner_id))
    closed = memberships.close(
        membership_id=int(number), partner_id=partner_id, actor=actor, may_be_last=True
    )
    return str(closed)


def _member(membership: Membership) -> str:
    seen = f"vu le {jour_court(membership.seen_on)}" if membership.seen_on else "pas encore venu"
    who = f"{membership.name} ({membership.user.username})"
    return f"{who}, {membership.get_role_display().lower()}, {seen}"


def _invited(invitation: Invitation) -> str:
    until = "lien trop ancien" if invitation.has_expired else f"jusqu’au {jour_court(invitation.last_day)}"
    begins = f", accès à partir du {jour_court(invitation.opens_on)}" if invitation.opens_on else ""
    return f"{invitation.email}, invité comme {invitation.get_role_display().lower()}{begins}, {until}"
