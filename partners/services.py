"""Loads communes, and renews the version of the directory."""

import csv
from collections.abc import Iterable
from pathlib import Path

from . import locating
from .models import Commune, DirectoryVersion, FormerName, Partner

COMMUNES_92 = Path(__file__).parent / "data" / "communes-92.csv"


def load_communes(path: Path = COMMUNES_92) -> None:
    """Create or correct the communes of the file: INSEE code, name, postcode, centre in WGS 84 degrees.

    And their other postcodes, if the file tells them: else those that are known stay.
    """
    with path.open(encoding="utf-8", newline="") as file:
        # The file writes a straight apostrophe, as files do.
        rows = [row | {"name": row["name"].replace("'", "’")} for row in csv.DictReader(file)]
    communes = [Commune(**row) for row in rows]
    fields = ["name", "postcode", "latitude", "longitude"]
    if any("other_postcodes" in row for row in rows):
        fields.append("other_postcodes")
    Commune.objects.bulk_create(
        communes, update_conflicts=True, unique_fields=["insee_code"], update_fields=fields
    )
    directory_changed()


def lock_directory() -> None:
    """Before the row that is to be changed, as imports and merges do: else each waits for the other."""
    DirectoryVersion.lock()


def directory_changed() -> None:
    """To be called in the transaction that changes a commune, an activity, an organisme or an offer."""
    DirectoryVersion.renew()
    locating.later()


def keep_former_names(partner_ids: Iterable[int]) -> None:
    """To be called before these organismes are written: files may go on saying what they are called today."""
    now = Partner.objects.filter(pk__in=partner_ids).values_list("pk", "name", "commune")
    FormerName.objects.bulk_create(
        (FormerName(partner_id=pk, name=name, commune_id=commune) for pk, name, commune in now),
        ignore_conflicts=True,
    )
