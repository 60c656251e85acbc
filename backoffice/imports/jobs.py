"""Imports as agents confirm and abandon them. `worker` does what is confirmed."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from backoffice.imports.directory.importer import DirectoryImporter
from backoffice.imports.roster.importer import Roster
from backoffice.models import ABANDONABLE, Import, Sort, Stage
from partners.models import Commune

from .plans import Importer


def importer_of(sort: str, *, complete: bool = False) -> Importer:
    if sort == Sort.DIRECTORY:
        return DirectoryImporter()
    return Roster(communes(), complete=complete)


def communes() -> dict[str, str]:
    """The INSEE code of each name in the territory."""
    return dict(Commune.objects.values_list("name", "insee_code"))


def confirm(*, import_id: int, as_read: str, reason: str, actor: User) -> Stage | None:
    """Let the worker do what `actor` read, once; or, where a second agent must read it too, propose it.

    Returns the stage it reached; None if it was confirmed already, or is not what was read any more.
    """
    ready = Import.objects.filter(pk=import_id, stage=Stage.READY, fingerprint=as_read)
    if settings.SECOND_AGENT and ready.filter(report__leaving__is_large=True).exists():
        proposed = ready.update(
            stage=Stage.PROPOSED, reason=reason, proposed_by=actor, seen_at=timezone.now()
        )
        return Stage.PROPOSED if proposed else None
    return _confirmed(ready, actor, reason=reason)


def confirm_second(*, import_id: int, as_read: str, actor: User) -> Stage | None:
    """Who proposed it cannot."""
    proposed = Import.objects.filter(pk=import_id, stage=Stage.PROPOSED, fingerprint=as_read)
    return _confirmed(proposed.exclude(proposed_by=actor), actor)


def _confirmed(waiting: QuerySet[Import], actor: User, **said: str) -> Stage | None:
    confirmed = waiting.update(
        stage=Stage.CONFIRMED,
        confirmed_by=actor,
        rows_done=0,
        attempts=0,
        seen_at=timezone.now(),
        **said,
    )
    return Stage.CONFIRMED if confirmed else None


def abandon(*, import_id: int, actor: User) -> bool:
    """Nothing of it is written, and the file is gone. False if it is too late."""
    waiting = Import.objects.filter(pk=import_id, stage__in=ABANDONABLE)
    told = f"Abandonné par {actor}. Rien n’est écrit."
    return bool(waiting.update(stage=Stage.ABANDONED, report={"told": told}, content=b""))
