"""What becomes of members when two organismes are one, or two accounts one person."""

from django.utils import timezone

from accounts.models import User

from .memberships import forget_former
from .models import Membership, Role


def move(double_id: int, kept_id: int) -> None:
    """In the transaction that merges two organismes: a member of both keeps the larger role."""
    for membership in Membership.objects.open().filter(partner=double_id).order_by("pk"):
        same = Membership.objects.open().filter(partner=kept_id, user=membership.user_id).first()
        if same is None:
            Membership.objects.filter(pk=membership.pk).update(partner=kept_id)
        else:
            Membership.objects.filter(pk=membership.pk).update(closed_at=timezone.now())
            if membership.is_manager:
                Membership.objects.filter(pk=same.pk).update(role=Role.MANAGER)


def move_account(*, double_id: int, kept_id: int) -> None:
    """In the transaction that merges two accounts of one person: the kept one acts for what both acted for.

    What was closed stays with the double, which did it.
    """
    for membership in Membership.objects.open().filter(user=double_id).order_by("pk"):
        same = Membership.objects.open().filter(user=kept_id, partner=membership.partner_id).first()
        if same is None:
            Membership.objects.filter(pk=membership.pk).update(user=kept_id)
        else:
            Membership.objects.filter(pk=membership.pk).update(closed_at=timezone.now())
            if membership.is_manager:
                Membership.objects.filter(pk=same.pk).update(role=Role.MANAGER)
    acting = User.objects.filter(memberships__closed_at=None, memberships__isnull=False)
    User.objects.filter(pk__in=acting.filter(pk=kept_id)).update(is_member=True)
    forget_former([double_id])
