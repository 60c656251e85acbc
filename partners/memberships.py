"""Who acts for an organisme: joining, leaving."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.compiled_query import CompiledQuery

from . import mail
from .exceptions import LastManager, NotAMember
from .models import Membership, Partner, Role

_open_ones = CompiledQuery(
    lambda user, partner: (
        Membership.objects.open()
        .filter(user_id=user, partner_id=partner, partner__merged_into=None)
        .select_related("partner")
    )
)


def open_one(user: User, partner_id: int) -> Membership | None:
    """By which this account acts for it now, with the organisme. An agent's acts for none."""
    return None if user.is_staff else next(iter(_open_ones(user.pk, partner_id)), None)


def note_visit(membership: Membership) -> None:
    """Once a day: who never comes is closed in the end."""
    today = timezone.localdate()
    if membership.seen_on != today:
        Membership.objects.filter(pk=membership.pk).update(seen_on=today, warned_on=None)


@transaction.atomic
def join(*, user_id: int, partner_id: int, role: Role) -> Membership:
    """Let the account act for the organisme; a member already has this role then. Locks the organisme."""
    lock(partner_id)
    membership, is_new = Membership.objects.get_or_create(
        user_id=user_id, partner_id=partner_id, closed_at=None, defaults={"role": role}
    )
    if not is_new and membership.role != role:
        membership.role = role
        membership.save(update_fields=["role"])
    User.objects.filter(pk=user_id).update(is_member=True)
    return membership


@transaction.atomic
def change_role(*, membership_id: int, partner_id: int, role: Role, actor: User) -> Membership:
    """Its managers are told. Locks the organisme. Raises NotAMember, LastManager."""
    membership = _open_and_locked(membership_id, partner_id)
    if membership.role == role:
        return membership
    _leave_a_manager(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    mail.role_changed(membership, actor)
    return membership


@transaction.atomic
def close(
    *, membership_id: int, partner_id: int, actor: User | None, may_be_last: bool = False
) -> Membership:
    """Nobody is deleted: who used a ticket stays readable. `may_be_last` is for agents alone.

    The managers who stay are told, and so is the one who goes. Locks the organisme. Raises NotAMember,
    LastManager.
    """
    membership = _open_and_locked(membership_id, partner_id)
    if not may_be_last:
        _leave_a_manager(membership)
    membership.closed_at, membership.closed_by = timezone.now(), actor
    membership.save(update_fields=["closed_at", "closed_by"])
    forget_former([membership.user_id])
    mail.closed(membership, actor)
    return membership


def close_of(user_ids: Collection[int]) -> None:
    """In the transaction that erases these accounts. An organisme may lose its last member so."""
    Membership.objects.open().filter(user__in=user_ids).update(closed_at=timezone.now())
    forget_former(user_ids)


def forget_former(user_ids: Collection[int]) -> None:
    """Those of them that act for nobody any more."""
    former = User.objects.filter(pk__in=user_ids).exclude(memberships__closed_at=None)
    former.update(is_member=False)


def _open_and_locked(membership_id: int, partner_id: int) -> Membership:
    lock(partner_id)
    open_ones = Membership.objects.open().select_related("user", "partner")
    found = open_ones.filter(pk=membership_id, partner=partner_id).first()
    if found is None:
        raise NotAMember
    return found


def lock(partner_id: int) -> Partner:
    """Whoever changes the members of an organisme, or who is invited, waits here."""
    return Partner.objects.select_for_update(no_key=True).get(pk=partner_id)


def _leave_a_manager(membership: Membership) -> None:
    others = Membership.objects.open().filter(partner=membership.partner_id, role=Role.MANAGER)
    if membership.is_manager and not others.exclude(pk=membership.pk).exists():
        raise LastManager
