"""What is loaded into the directory."""

import csv
from pathlib import Path

from .models import Commune

COMMUNES_92 = Path(__file__).parent / "data" / "communes-92.csv"


def load_communes(path: Path = COMMUNES_92) -> None:
    """Create or correct the communes of the file: INSEE code, name, postcode, centre in WGS 84 degrees."""
    with path.open(encoding="utf-8", newline="") as file:
        # The file writes a straight apostrophe, as files do.
        rows = [row | {"name": row["name"].replace("'", "’")} for row in csv.DictReader(file)]
    communes = [Commune(**row) for row in rows]
    fields = ["name", "postcode", "latitude", "longitude"]
    Commune.objects.bulk_create(
        communes, update_conflicts=True, unique_fields=["insee_code"], update_fields=fields
    )
