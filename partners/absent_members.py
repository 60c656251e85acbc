"""Members by whose access nobody comes any more, for the nightly purge."""

from collections.abc import Collection

from django.utils import timezone

from . import mail
from .memberships import forget_former
from .models import Membership


def warn(members: Collection[Membership]) -> int:
    """That the access closes if nobody comes by it for another month; return how many."""
    for membership in members:
        Membership.objects.filter(pk=membership.pk).update(warned_on=timezone.localdate())
        mail.will_close(membership)
    return len(members)


def close_unseen(members: Collection[Membership]) -> int:
    """By the nightly purge; return how many. An organisme may lose its last one so."""
    for membership in members:
        Membership.objects.filter(pk=membership.pk).update(closed_at=timezone.now())
        mail.closed(membership, None)
    forget_former([membership.user_id for membership in members])
    return len(members)
