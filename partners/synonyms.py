"""The synonyms that a new site begins with; then staff make them theirs."""

import csv
from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).parent / "data" / "synonyms.csv"


def first_synonyms() -> Iterator[tuple[str, str]]:
    """What is typed, and what it means: each pair once."""
    with FILE.open(encoding="utf-8", newline="") as file:
        pairs = {
            (typed.strip(), row["means"]): None
            for row in csv.DictReader(file)
            for typed in row["typed"].split("|")
        }
    yield from pairs
