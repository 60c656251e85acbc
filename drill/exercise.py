"""One incident from beginning to end, and its line in the table."""

from dataclasses import dataclass

from staging.inside import inside
from staging.servers import Failed, manage

from .book import Found, Verdict, judge
from .crowd import Crowd
from .incident import Incident, Stage
from .workshop import Workshop

HEADINGS = (
    *("incident", "commandes confirmées", "perdues", "doublées", "porte-monnaie faux", "grand livre"),
    *("requêtes refusées", "plus long silence"),
)


@dataclass(frozen=True)
class Row:
    title: str
    acknowledged: int
    verdict: Verdict
    ledger: str
    refused: float
    silence: float
    faults: list[str]

    @property
    def is_clean(self) -> bool:
        return self.verdict.is_clean and not self.ledger and not self.faults

    @property
    def cells(self) -> list[str]:
        verdict = self.verdict
        numbers = (self.acknowledged, verdict.lost, verdict.doubled, verdict.wrong_wallets)
        ledger = "désaccord" if self.ledger else "net"
        return [
            self.title,
            *map(str, numbers),
            ledger,
            _french(100 * self.refused, "%"),
            _french(self.silence, "s"),
        ]


def _french(number: float, unit: str) -> str:
    return f"{number:.1f} {unit}".replace(".", ",")


def run(incident: Incident, workshop: Workshop) -> Row:
    with incident.stage(workshop) as stage:
        crowd = Crowd(stage.port, stage.families, workshop.scale.orders)
        with crowd.ordering():
            incident.strike(stage, crowd)
        faults = [*crowd.faults(), *_felt(incident, crowd), *incident.faults(stage, crowd)]
        given = {wallet: family.given for family in stage.families for wallet in family.wallets}
        found = Found.told(inside("drill.world", "look", env=stage.env))
        acknowledged = [order for _, order in crowd.acknowledged]
        return Row(
            title=incident.title,
            acknowledged=len(acknowledged),
            verdict=judge(acknowledged, given, found),
            ledger=_ledger(stage),
            refused=crowd.refused,
            silence=crowd.longest_silence,
            faults=faults,
        )


def _felt(incident: Incident, crowd: Crowd) -> list[str]:
    refused = crowd.refusals.total()
    if incident.is_felt and not refused:
        return ["personne n’a rien senti : l’incident a-t-il eu lieu ?"]
    if refused and not incident.is_felt:
        return [f"{refused} requêtes refusées ({dict(crowd.refusals)})"]
    return []


def _ledger(stage: Stage) -> str:
    """What `manage.py check_ledger` finds wrong."""
    try:
        manage("check_ledger", env=stage.env)
    except Failed as disagreement:
        return str(disagreement)
    return ""
