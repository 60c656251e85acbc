"""Runs the races on one ground, and judges every round."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from .acts import DONE, ZERO, Outcome
from .book import Verdict
from .ground import Ground
from .programme import Race
from .rounds import CULTURE, SPORT, Child, Round, new_key

NOTHING_SHOWN = "le contrôle n’a rien montré"


@dataclass
class Row:
    """One race on one database."""

    database: str
    title: str
    rounds: int = 0
    attempts: int = 0
    told: Counter[str] = field(default_factory=Counter)
    busy: int = 0
    duplicates: int = 0
    euros_lost: Decimal = ZERO
    ledger: str = ""
    faults: list[str] = field(default_factory=list)
    control_shows: bool = False

    def add(self, outcomes: Sequence[Outcome], verdict: Verdict) -> None:
        self.rounds += 1
        self.attempts += len(outcomes)
        self.told.update(outcome.told for outcome in outcomes if outcome.told)
        self.busy += sum(outcome.busy for outcome in outcomes)
        self.faults += [outcome.fault for outcome in outcomes if outcome.fault]
        self.duplicates += verdict.duplicates
        self.euros_lost += verdict.euros_lost

    def expect(self, done: int | None, outcomes: Sequence[Outcome]) -> None:
        if done not in {None, found := sum(outcome.told == DONE for outcome in outcomes)}:
            self.faults.append(f"{found} faits au lieu de {done}")

    @property
    def is_clean(self) -> bool:
        wrong = self.duplicates or self.euros_lost or self.ledger or self.faults
        return not wrong and self.control_shows

    @property
    def cells(self) -> list[str]:
        refusals = ", ".join(f"{count} {told}" for told, count in sorted(self.told.items()) if told != DONE)
        return [
            self.database,
            self.title,
            *map(str, (self.rounds, self.attempts, self.told[DONE], self.busy, self.duplicates)),
            f"{self.euros_lost:.2f}".replace(".", ","),
            str(len(self.faults)),
            self.ledger or "net",
            "montre" if self.control_shows else NOTHING_SHOWN,
            refusals,
        ]


HEADINGS = (
    *("base", "course", "tours", "essais", "faits", "503", "doublons", "€ perdus", "fautes"),
    *("grand livre", "contrôle", "refus"),
)


class Hunt:
    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    def run(self, race: Race, seconds: float) -> Row:
        """Round after round, at least one, for so long; then the whole ledger is checked."""
        row = Row(self.ground.name, race.title)
        until = time.monotonic() + seconds
        children = self._children(race.children)
        while not row.rounds or (time.monotonic() < until and not race.waits):
            self._settle(race)
            here = self._round(children)
            outcomes = self.ground.at_once(race.acts(here))
            here.book.note(outcomes)
            self._settle(race)
            found = self.ground.call("look", here.campaign, race.pays)
            row.add(outcomes, here.book.judge(found))
            row.expect(race.done, outcomes)
        row.ledger = self.ground.call("check_ledger")
        return row

    def _settle(self, race: Race) -> None:
        if race.pays:
            self.ground.call("proof.races.treasury:settle")

    def control(self, race: Race, row: Row) -> None:
        """After all the races: it may leave a ledger that does not agree."""
        row.control_shows = self._shows(race.control) if race.control else row.busy > 0

    def _shows(self, control: str) -> bool:
        here = self._round(self._children(1))
        [child], [ticket], [assigned] = here.children, here.bought(1, 5), here.bought(1, 5, assigned=True)
        scene = {
            "wallets": [child.wallets[SPORT], child.wallets[CULTURE]],
            "campaign": here.campaign,
            "ticket": ticket,
            "assigned": assigned,
            "offer": self.ground.offers[SPORT],
            "key": new_key(),
        }
        return self.ground.control(control, here.campaign, scene)

    def _children(self, number: int) -> list[tuple[int, str]]:
        return [self.ground.call("make_child") for _ in range(number)]

    def _round(self, children: Sequence[tuple[int, str]]) -> Round:
        campaign, wallets = self.ground.call("open_campaign", [pk for pk, _ in children])
        pairs = zip(children, wallets, strict=True)
        return Round(self.ground, campaign, [Child(pk, public_id, of) for (pk, public_id), of in pairs])
