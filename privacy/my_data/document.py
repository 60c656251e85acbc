import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from core import pdf
from core.formats import heure, jour_court
from core.money import NBSP, euros

from .held import Movement

STYLE = Path(__file__).with_suffix(".css")


@dataclass(frozen=True)
class Table:
    """A heading of the PDF and what stands under it. Without `headings`, each row is a name and a value."""

    title: str
    level: int
    headings: list[str]
    rows: list[list[str]]


def _tables(title: str, data: dict[str, Any], level: int = 1) -> Iterator[Table]:
    simple = {name: value for name, value in data.items() if not _is_nested(value)}
    yield Table(title, level, [], [[name, _text(value)] for name, value in simple.items()])
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _tables(name, value, level + 1)
        elif name not in simple:
            yield from _tables_of_list(name, value, level + 1)


def _tables_of_list(title: str, items: list[dict[str, Any]], level: int) -> Iterator[Table]:
    if any(_is_nested(value) for item in items for value in item.values()):
        for item in items:
            yield from _tables(f"{title}{NBSP}: {_text(next(iter(item.values())))}", item, level)
    else:
        yield Table(title, level, list(items[0]), [[_text(v) for v in item.values()] for item in items])


def draw(data: dict[str, Any]) -> bytes:
    return pdf.draw("privacy/my_data.html", {"tables": _tables("Mes données", data)}, style=STYLE)


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict) for v in value))


def _text(value: Any) -> str:
    match value:
        case bool():
            return "oui" if value else "non"
        case Movement():
            return f"+{euros(value)}" if value > 0 else euros(value)
        case Decimal():
            return euros(value)
        case dt.date():
            at = f" à {heure(value)}" if isinstance(value, dt.datetime) else ""
            return f"{jour_court(value)}{at}"
        case list():
            return ", ".join(_text(item) for item in value) or "–"
    return str(value or "–")
