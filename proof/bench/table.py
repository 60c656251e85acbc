"""What was measured, as one table and as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from proof.servers.columns import aligned

from .client import Round, middle

NBSP = "\N{NO-BREAK SPACE}"
HEADINGS = ("n°", "mesure", "Pass+", "plancher", "en CPU", "valeur", "barre", "verdict")


@dataclass(frozen=True)
class Bar:
    """What the value must reach, or must not pass."""

    limit: float
    unit: str = ""
    at_least: bool = False

    def holds(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {shown(self.limit, self.unit)}"


@dataclass
class Row:
    """One line of the table. `number` is that of the issue; `rounds` is kept for whoever reads the JSON."""

    number: int
    what: str
    # None says that it was not measured.
    value: float | None
    unit: str = ""
    bar: Bar | None = None
    # The same ratio, counted in processor's time.
    cpu: float | None = None
    ours: str = ""
    floor: str = ""
    errors: int = 0
    example: str = ""
    rounds: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def is_missed(self) -> bool:
        return self.bar is not None and self.value is not None and not self.bar.holds(self.value)

    def cells(self, *, judged: bool) -> list[str]:
        value = "non mesuré" if self.value is None else shown(self.value, self.unit)
        bar, verdict = str(self.bar or ""), self._verdict() if judged else ""
        if self.errors:
            verdict = f"{self.errors} erreur(s)"
        cpu = "" if self.cpu is None else shown(self.cpu)
        return [str(self.number), self.what, self.ours, self.floor, cpu, value, bar, verdict]

    def _verdict(self) -> str:
        if self.bar is None or self.value is None:
            return ""
        return "manqué" if self.is_missed else "atteint"


def shown(value: float, unit: str = "") -> str:
    """With a comma; three digits are enough."""
    digits = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    text = digits.replace(",", NBSP).replace(".", ",")
    return f"{text}{NBSP}{unit}" if unit else text


def sample(rounds: Sequence[Round], memory: float | None = None) -> str:
    """The medians of what wrk saw."""
    p50, p99 = (shown(middle(rounds, name)) for name in ("p50", "p99"))
    text = f"{shown(middle(rounds, 'rate'))}/s · {p50} et {p99} ms · CPU {shown(middle(rounds, 'cpu'))} ms"
    return text if memory is None else f"{text} · {shown(memory, 'Mio')}"


def errors(*rounds: Sequence[Round]) -> dict[str, Any]:
    """How many answers were not the expected ones, in all these rounds, and one of them."""
    every = [one for some in rounds for one in some]
    return {
        "errors": sum(one.errors for one in every),
        "example": next((one.example for one in every if one.example), ""),
    }


def kept(**rounds: Sequence[Round]) -> dict[str, list[Any]]:
    return {name: [asdict(one) for one in some] for name, some in rounds.items()}


def render(rows: Sequence[Row], machine: dict[str, str], *, judged: bool) -> str:
    table = aligned(HEADINGS, [row.cells(judged=judged) for row in rows])
    about = [f"{name}{NBSP}: {value}" for name, value in machine.items()]
    legend = (
        "Par seconde ; p50 et p99 ; CPU d’une réponse, PostgreSQL compris ; mémoire : médianes des tours. "
        "La valeur est celle que la barre juge : un rapport, si elle n’a pas d’unité. "
        "« En CPU », le même rapport sans l’attente : les voisins le changent moins."
    )
    wrong = [f"{row.number} {row.what} : {row.example}" for row in rows if row.errors]
    return "\n".join(["", *table, "", legend, *wrong, "", *about])


def write(path: Path, rows: Sequence[Row], machine: dict[str, str], **facts: Any) -> None:
    told = [asdict(row) | {"missed": row.is_missed} for row in rows]
    path.write_text(json.dumps({"machine": machine, **facts, "rows": told}, ensure_ascii=False, indent=1))
