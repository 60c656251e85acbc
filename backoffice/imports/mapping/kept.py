"""Which columns are which, in the files of which agents said it."""

from collections.abc import Mapping

from backoffice.models import ColumnMapping
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


def called(columns: Columns) -> dict[str, str]:
    return {column: title or f"colonne {letters_of(place)}" for column, (place, title) in columns.items()}
