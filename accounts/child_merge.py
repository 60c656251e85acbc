"""Two rows that are one child: who acts for it, its own login, where it goes to school."""

from django.db import transaction

from . import mail
from .exceptions import NotMergeable
from .models import Beneficiary, EndedGuardianship, Guardianship, User
from .revocation import revoke

# What the school says: the row that is on the newer list knows it.
OF_SCHOOL = ("is_enrolled", "school_id", "grade", "insee_code")


@transaction.atomic
def merge_rows(*, double_id: int, kept_id: int) -> list[User]:
    """Unite the guardians of both, but whom an agent took away, and return those who came.

    The double has nobody any more, is not enrolled, and leads to the kept one, as does who was merged into
    it before. Locks both, in the order of their ids; wallets and tickets are for the caller. Raises
    NotMergeable.
    """
    both = _lock(double_id, kept_id)
    if len(both) != 2 or any(child.anonymised_at or child.merged_into_id for child in both.values()):
        raise NotMergeable
    double, kept = both[double_id], both[kept_id]
    came = _unite_guardians(double, kept)
    if double.is_enrolled and not kept.is_enrolled:
        Beneficiary.objects.filter(pk=kept_id).update(**{it: getattr(double, it) for it in OF_SCHOOL})
    Beneficiary.objects.filter(merged_into=double_id).update(merged_into=kept_id)
    Beneficiary.objects.filter(pk=double_id).update(merged_into=kept_id, is_enrolled=False)
    _unite_logins(double, kept)
    return came


def _lock(*child_ids: int) -> dict[int, Beneficiary]:
    locked = Beneficiary.objects.select_for_update().filter(pk__in=child_ids).order_by("pk")
    return {child.pk: child for child in locked}


def _unite_guardians(double: Beneficiary, kept: Beneficiary) -> list[User]:
    had = list(kept.guardians.order_by("pk"))
    ended = EndedGuardianship.objects.filter(beneficiary=kept).values("user")
    coming = double.guardians.exclude(pk__in=[user.pk for user in had]).exclude(pk__in=ended)
    came = list(coming.order_by("pk"))
    Guardianship.objects.filter(beneficiary=double).delete()
    Guardianship.objects.bulk_create(Guardianship(user=user, beneficiary=kept) for user in came)
    # Whom an agent took away from one of them is not to come back by a list that names the other.
    now = {*kept.guardians.values_list("pk", flat=True)}
    EndedGuardianship.objects.bulk_create(
        (
            EndedGuardianship(user_id=it.user_id, beneficiary=kept, at=it.at)
            for it in EndedGuardianship.objects.filter(beneficiary=double)
            if it.user_id not in now
        ),
        ignore_conflicts=True,
    )
    if came:
        for other in had:
            mail.guardians_changed(other, kept)
    return came


def _unite_logins(double: Beneficiary, kept: Beneficiary) -> None:
    """The child keeps one login: that of the kept row, if it has one. The other is closed."""
    if not double.user_id:
        return
    if kept.user_id:
        revoke(User.objects.filter(pk=double.user_id), is_active=False)
        return
    Beneficiary.objects.filter(pk=double.pk).update(user=None, login_made_by=None)
    Beneficiary.objects.filter(pk=kept.pk).update(user=double.user_id, login_made_by=double.login_made_by_id)
