"""Which columns are which, in the files of which agents said it."""

from collections.abc import Iterator, Mapping

from django.db.models import Model
from django.utils import timezone

from accounts import audit
from accounts.audit import Action
from accounts.models import User
from backoffice.models import ColumnMapping
from core.changes import Change
from core.spreadsheet_files.shapes import Mapped, letters_of

# Of each of our columns: its place, and its title there.
Columns = Mapping[str, tuple[int, str]]


def kept_for(sort: str) -> dict[str, Mapped]:
    return {
        mapping.shape: Mapped(
            {column: place for column, (place, _) in mapping.columns.items()},
            called(mapping.columns),
            str(mapping),
        )
        for mapping in ColumnMapping.objects.filter(sort=sort).select_related("mapped_by")
    }


def keep(*, sort: str, shape: str, columns: Columns, subject: Model, actor: User) -> None:
    """In a transaction of the caller's; `subject` is whose file it is, for the journal."""
    before = kept_for(sort).get(shape)
    ColumnMapping.objects.update_or_create(
        sort=sort,
        shape=shape,
        defaults={"columns": columns, "mapped_by": actor, "mapped_at": timezone.now()},
    )
    audit.record(
        action=Action.COLUMNS_MAPPED,
        subject=subject,
        reason="Colonnes d’un fichier, reliées à la main",
        actor=actor,
        changes=[*_changes(before.called if before else {}, called(columns))],
    )


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for column in dict.fromkeys([*before, *after]):
        if (was := before.get(column, "")) != (now := after.get(column, "")):
            yield column, was, now


def called(columns: Columns) -> dict[str, str]:
    return {column: title or f"colonne {letters_of(place)}" for column, (place, title) in columns.items()}
