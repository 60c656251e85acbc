"""One incident from beginning to end, and its line in the table."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from proof.servers.inside import inside
from proof.servers.servers import Failed, manage

from .book import Found, Verdict, judge
from .crowd import Crowd
from .incident import Incident, Stage
from .workshop import Workshop

HEADINGS = (
    *("incident", "confirmées", "perdues", "doublées", "grand livre"),
    *("refusées", "plus long silence", "ce qui a été répondu à leur place"),
)


@dataclass(frozen=True)
class Row:
    """Without a verdict the incident did not come to its end; the faults say why."""

    title: str
    faults: list[str]
    verdict: Verdict | None = None
    acknowledged: int = 0
    ledger: str = ""
    refusals: Counter[str] = field(default_factory=Counter)
    silence: float = 0

    @property
    def is_clean(self) -> bool:
        return self.verdict is not None and not list(self.wrongs())

    def wrongs(self) -> Iterator[str]:
        yield from self.faults
        if self.ledger:
            yield self.ledger
        if self.verdict:
            yield from self.verdict.wrongs()

    @property
    def cells(self) -> list[str]:
        if self.verdict is None:
            return [self.title, *["—"] * (len(HEADINGS) - 1)]
        refused = self.refusals.total()
        return [
            self.title,
            *map(str, (self.acknowledged, self.verdict.lost, self.verdict.doubled)),
            "désaccord" if self.ledger else "net",
            _french(100 * refused / (refused + self.acknowledged), "%"),
            _french(self.silence, "s"),
            ", ".join(f"{times} {refusal}" for refusal, times in self.refusals.most_common()),
        ]


def _french(number: float, unit: str) -> str:
    return f"{number:.1f} {unit}".replace(".", ",")


def run(incident: Incident, workshop: Workshop) -> Row:
    try:
        return _run(incident, workshop)
    except Failed as failure:
        return Row(incident.title, [f"n’a pas pu aller à son terme : {failure}"])


def _run(incident: Incident, workshop: Workshop) -> Row:
    with incident.stage(workshop) as stage:
        crowd = incident.crowd(stage.port, stage.families, workshop.scale.orders)
        with crowd.ordering():
            incident.strike(stage, crowd)
        faults = [*crowd.faults(), *_felt(incident, crowd), *incident.faults(stage, crowd)]
        given = {wallet: family.given for family in stage.families for wallet in family.wallets}
        acknowledged = [order for _, order in crowd.acknowledged]
        found = Found.told(inside("proof.drill.world", "look", env=stage.env))
        return Row(
            title=incident.title,
            faults=faults,
            verdict=judge(acknowledged, given, found),
            acknowledged=len(acknowledged),
            ledger=_ledger(stage),
            refusals=crowd.refusals,
            silence=crowd.longest_silence,
        )


def _felt(incident: Incident, crowd: Crowd) -> Iterator[str]:
    refused = crowd.refusals.total()
    if incident.is_felt and not refused:
        yield "personne n’a rien senti : l’incident a-t-il eu lieu ?"
    if refused and not incident.is_felt:
        yield f"{refused} requêtes refusées, et aucune ne devait l’être"


def _ledger(stage: Stage) -> str:
    """What `manage.py check_ledger` finds wrong."""
    try:
        manage("check_ledger", env=stage.env)
    except Failed as disagreement:
        return str(disagreement)
    return ""
