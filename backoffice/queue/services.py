"""What an agent may do about the queue."""

from typing import Any

from django.db import transaction

from accounts import audit
from accounts.audit import Action
from accounts.models import User
from core import tasks

from .kinds import KINDS


@transaction.atomic
def retry(*, task_id: Any, actor: User) -> bool:
    """Let one that failed be done again; false if it is not one, or not any more."""
    task = tasks.failed().filter(pk=task_id).first()
    if not (task and tasks.retry(tasks.failed().filter(pk=task_id))):
        return False
    kind = KINDS.get(task.task_path)
    what = f"{kind.what}, n°\N{NO-BREAK SPACE}{kind.row_of(task)}" if kind else task.task_path
    _note(what, task.exception_class_path, actor)
    return True


@transaction.atomic
def retry_all(*, path: str, actor: User) -> int:
    """All of a kind that failed; return how many."""
    if number := tasks.retry(tasks.failed().filter(task_path=path)):
        _note(KINDS[path].what, f"{number} tâches", actor)
    return number


def _note(what: str, details: str, actor: User) -> None:
    audit.record(
        action=Action.TASK_RETRIED,
        subject=None,
        name=what,
        reason="Réessayé depuis la page des travaux",
        actor=actor,
        details=details,
    )
