"""Members of organismes for tests."""

import re

from django.core import mail

from accounts.models import User
from accounts.tests.factories import make_user
from partners import invitations, memberships
from partners.models import Invitation, Membership, Partner, Role


def make_member(partner: Partner, role: Role = Role.COUNTER, *, user: User | None = None) -> Membership:
    return memberships.join(
        user_id=(user or make_user(first_name="Sophie", last_name="Martin")).pk,
        partner_id=partner.pk,
        role=role,
    )


def make_manager(partner: Partner, first_name: str = "Ahmed", last_name: str = "Benali") -> Membership:
    return make_member(partner, Role.MANAGER, user=make_user(first_name=first_name, last_name=last_name))


def make_invitation(
    partner: Partner, role: Role = Role.COUNTER, email: str = "suite@club.example"
) -> Invitation:
    actor = make_manager(partner).user
    return invitations.invite(partner_id=partner.pk, email=email, role=role, actor=actor)


def token_of(invitation: Invitation) -> str:
    return invitations.path(invitation).split("/")[-2]


def mails_to(address: str) -> list[str]:
    """Subject and words of what went to this address, the oldest first."""
    return [f"{it.subject}\n{it.body}" for it in mail.outbox if it.to == [address]]


def link_in(message: str) -> str:
    """The path of the invitation in a message."""
    [path] = re.findall(r"https?://[^/\s]+(/invitation/\S+)", message)
    return path
