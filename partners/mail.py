"""The e-mails about who acts for an organisme."""

import datetime as dt

from accounts.models import User
from core import mail
from core.money import NBSP
from core.outbox import Urgency

from .models import Invitation, Membership, Partner, Role


def invited(invitation: Invitation, path: str) -> None:
    """To an address that may be nobody's account yet: the link works once."""
    mail.send(
        "mail/invited_to_partner",
        invitation.email,
        account_ids=[],
        urgency=Urgency.LINK,
        partner=invitation.partner.name,
        role=invitation.get_role_display().lower(),
        inviter=invitation.inviter,
        opens_on=invitation.opens_on,
        last_day=invitation.last_day,
        url=mail.absolute(path),
    )


def handed_over(partner: Partner, opens_on: dt.date) -> None:
    """To each of its members of before: they have until then to object."""
    for membership in partner.memberships.open().select_related("user").order_by("pk"):
        mail.send(
            "mail/partner_handed_over",
            membership.user.email,
            account_ids=[membership.user_id],
            reader=membership.user.first_name,
            partner=partner.name,
            opens_on=opens_on,
        )


def joined(membership: Membership) -> None:
    """To each manager, the new one too if it is one: who came in by a link that was not theirs is seen."""
    partner, role = membership.partner, membership.get_role_display().lower()
    _members_changed(partner, f"{membership.name} a rejoint {partner}, avec le rôle «{NBSP}{role}{NBSP}».")


def role_changed(membership: Membership, actor: User) -> None:
    partner, role = membership.partner, membership.get_role_display().lower()
    what = f"{membership.name} a désormais le rôle «{NBSP}{role}{NBSP}» pour {partner}. {_by(actor)}"
    _members_changed(partner, what)
    if not membership.is_manager:
        _write(membership.user, partner, what)


def closed(membership: Membership, actor: User | None) -> None:
    """To the managers who stay, and to the member that was closed."""
    partner = membership.partner
    what = f"L’accès de {membership.name} au guichet de {partner} est fermé. {_by(actor)}"
    _members_changed(partner, what)
    mail.send(
        "mail/membership_closed",
        membership.user.email,
        account_ids=[membership.user_id],
        reader=membership.user.first_name,
        partner=partner.name,
        by=_by(actor),
    )


def will_close(membership: Membership) -> None:
    mail.send(
        "mail/membership_unseen",
        membership.user.email,
        account_ids=[membership.user_id],
        reader=membership.user.first_name,
        partner=membership.partner.name,
        url=mail.link("tickets:counter", membership.partner_id),
    )


def managers(partner: Partner) -> list[User]:
    open_ones = partner.memberships.open().filter(role=Role.MANAGER)
    return [membership.user for membership in open_ones.select_related("user").order_by("pk")]


def _members_changed(partner: Partner, what: str) -> None:
    for manager in managers(partner):
        _write(manager, partner, what)


def _write(user: User, partner: Partner, what: str) -> None:
    mail.send(
        "mail/members_changed",
        user.email,
        account_ids=[user.pk],
        reader=user.first_name,
        partner=partner.name,
        what=what,
        url=mail.link("partners:organisme", partner.pk),
    )


def _by(actor: User | None) -> str:
    if actor is None:
        return "Personne ne l’utilisait depuis deux ans."
    return f"C’est fait par {'le département' if actor.is_staff else actor}."
