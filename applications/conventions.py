"""Which version of the convention organismes read and sign: one, or none.

Lock order: the versions, by their number.
"""

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from . import proposing
from .exceptions import ConventionMoved
from .models import Convention, ConventionState


def in_force() -> Convention | None:
    return Convention.objects.in_force().first()


@transaction.atomic
def put_in_force(*, convention_id: int, actor: User) -> Convention | None:
    """Instead of the one that was, which is returned. The first time who may sign it is written to.

    Raises ConventionMoved.
    """
    versions = _lock()
    chosen = versions.get(convention_id)
    if chosen is None or chosen.state == ConventionState.IN_FORCE:
        raise ConventionMoved
    before = next((it for it in versions.values() if it.state == ConventionState.IN_FORCE), None)
    now = timezone.now()
    Convention.objects.in_force().update(state=ConventionState.ENDED, ended_at=now)
    Convention.objects.filter(pk=convention_id).update(
        state=ConventionState.IN_FORCE, in_force_at=now, in_force_by=actor, ended_at=None
    )
    if chosen.is_draft:
        proposing.propose.enqueue(convention_id=convention_id, after_id=0)
    return before


@transaction.atomic
def end(*, convention_id: int) -> None:
    """None is in force then: nobody is asked to sign. Raises ConventionMoved."""
    theirs = Convention.objects.in_force().filter(pk=convention_id)
    if not theirs.update(state=ConventionState.ENDED, ended_at=timezone.now()):
        raise ConventionMoved


def _lock() -> dict[int, Convention]:
    return {it.pk: it for it in Convention.objects.select_for_update().order_by("pk")}
