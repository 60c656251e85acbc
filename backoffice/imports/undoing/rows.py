"""Rows that an import wrote: locked, and which of them others took up since."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model

from accounts.audit import Action, AuditEntry
from backoffice.imports import striking_off
from backoffice.models import Import, WrittenRows
from core.batches import in_batches
from core.keyed_rows import AT_ONCE, of_those

from . import reasons


def lock(model: type[Model], keys: Collection[Any]) -> None:
    """In the order of their keys."""
    for part in in_batches(sorted(keys), AT_ONCE):
        list(
            model._default_manager.select_for_update()
            .filter(pk__in=part)
            .order_by("pk")
            .values_list("pk", flat=True)
        )


def taken_up(job: Import, model: type[Model], keys: Collection[Any]) -> dict[Any, str]:
    """Those that an agent did something to, or another import, since this one was done: and which it was."""
    label = model._meta.label_lower
    by_text = {f"{label} {key}": key for key in keys}
    done_at = striking_off.done_at(job)
    later = WrittenRows.objects.filter(model=label, at__gt=done_at).exclude(job=job)
    found: dict[Any, str] = {}
    for made, changed in later.values_list("made", "changed"):
        found |= dict.fromkeys((*made, *map(model._meta.pk.to_python, changed)), reasons.IMPORTED)
    journal = AuditEntry.objects.filter(at__gt=done_at)
    acts = [*of_those(journal, by_text, "subject_key", "action")]
    found |= {by_text[text]: reasons.EDITED for text, _ in acts}
    found |= {by_text[text]: reasons.MERGED for text, action in acts if action == Action.MERGED}
    return {key: why for key, why in found.items() if key in keys}
