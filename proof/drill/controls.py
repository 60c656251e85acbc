"""What a drill must be able to find, lest it finds nothing: a lost order, and one that is there twice."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from proof.servers.browser import send_and_leave
from proof.servers.postgresql import PostgreSQL

from .book import Order
from .crowd import Crowd, Family
from .database import DatabaseKilled
from .exercise import Row
from .incident import Incident, Stage
from .paying import PayingKilled
from .workshop import Workshop


class WritesNotAwaited(DatabaseKilled):
    """PostgreSQL answers before it has written, and nobody writes: what it had acknowledged dies with it."""

    title = "PostgreSQL tué, sans attendre ses écritures"

    def database(self, workshop: Workshop) -> AbstractContextManager[PostgreSQL]:
        return workshop.postgresql(synchronous_commit="off")

    def strike(self, stage: Stage, crowd: Crowd) -> None:
        # Who has come in stays in: only orders are lost.
        self.postgresql.checkpoint()
        self.postgresql.child("walwriter").suspend()
        super().strike(stage, crowd)


class ForgetfulTelephones(Crowd):
    """The answer is lost once, and what is sent again is another form, with another key."""

    def _order(self, family: Family, order: Order) -> bool:
        send_and_leave(self.port, family.form(order))
        return super()._order(family, replace(order, key=str(uuid.uuid4())))


class KeysForgotten(Incident):
    title = "réponses perdues, clés changées"
    is_felt = False
    crowd = ForgetfulTelephones

    def strike(self, stage: Stage, crowd: Crowd) -> None:
        """They do it to themselves."""


class BatchInTwoTransactions(PayingKilled):
    """Half of a batch is committed when its worker dies, and nobody goes on with it."""

    title = "lot préparé en deux transactions, ouvrier tué"
    works = "work_in_two_transactions"


@dataclass(frozen=True)
class Control:
    incident: type[Incident]
    what: str
    # How many of what must be there to be found.
    seen_in: Callable[[Row], int]

    def sentence(self, row: Row) -> str:
        seen = self.seen_in(row)
        verdict = f"le compte voit {seen} {self.what}" if seen else "LE COMPTE N’A RIEN VU"
        return f"Contrôle, {row.title} : {verdict}."


CONTROLS = [
    Control(WritesNotAwaited, "commandes perdues", lambda row: row.verdict.lost if row.verdict else 0),
    Control(KeysForgotten, "tickets de trop", lambda row: row.verdict.doubled if row.verdict else 0),
    Control(BatchInTwoTransactions, "fautes d’un lot préparé à moitié", lambda row: len(row.faults)),
]
