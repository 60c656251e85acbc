"""kill -9 of the worker that pays organismes: while it adds up a batch, makes its files, and notes what was
paid; and of who sends it. Families order meanwhile, and feel nothing.
"""

from collections.abc import Iterator

from proof.servers.inside import inside

from .crowd import Crowd
from .incident import Incident, Stage


class PayingKilled(Incident):
    title = "paiements : ouvrier tué (kill -9), du lot au solde"
    is_felt = False
    # How the first worker works, of `paying_inside`.
    works = "work"

    wrongs: list[str]

    def strike(self, stage: Stage, crowd: Crowd) -> None:
        crowd.wait_for(0.3)
        self.wrongs = inside("proof.drill.paying_inside", self.works, env=stage.env)

    def faults(self, stage: Stage, crowd: Crowd) -> Iterator[str]:
        yield from self.wrongs
