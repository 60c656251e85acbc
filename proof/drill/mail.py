"""The mail server is away for a while. Nobody waits for it; every message arrives once when it is back."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from proof.servers.inside import inside
from proof.servers.servers import HOST, background, free_port

from .crowd import Crowd
from .incident import Incident, Stage
from .workshop import Workshop

# Without one more message. What was on its way when the server left is tried again after a minute
# (`core.delivery`).
PATIENCE = 90


class MailServerAway(Incident):
    """It is not there when the first orders come, and comes later."""

    title = "messagerie absente"
    is_felt = False
    # How often it hangs up on somebody, whose message may then have arrived without an answer.
    cuts = 0

    port: int
    received: Path

    def settings(self, workshop: Workshop) -> dict[str, str]:
        self.port, self.received = free_port(), workshop.directory / f"received-{self.cuts}"
        self.received.touch()
        return {"EMAIL_URL": f"smtp://{HOST}:{self.port}"}

    @contextmanager
    def stage(self, workshop: Workshop) -> Iterator[Stage]:
        with (
            super().stage(workshop) as stage,
            background("manage.py", "run_tasks", "--every", "1", env=stage.env, log=workshop.log),
        ):
            yield stage

    def mail_server(self, stage: Stage) -> AbstractContextManager[None]:
        return background("-m", "proof.drill.mailbox", str(self.port), str(self.received), env=stage.env)

    def strike(self, stage: Stage, crowd: Crowd) -> None:
        crowd.wait_for(0.5)

    def faults(self, stage: Stage, crowd: Crowd) -> Iterator[str]:
        with self.mail_server(stage):
            self._wait_for_all(crowd.size)
            self._wait_until_nothing_waits(stage, crowd.size)
        arrived = self._arrived()
        twice = arrived.total() - len(arrived)
        if len(arrived) != crowd.size:
            yield f"{len(arrived)} e-mails arrivés pour {crowd.size} commandes"
        if twice > self.cuts:
            yield f"{twice} e-mails arrivés deux fois"

    def _arrived(self) -> Counter[str]:
        return Counter(self.received.read_text().split())

    def _wait_for_all(self, number: int) -> None:
        arrived, since = 0, time.monotonic()
        while arrived < number and time.monotonic() - since < PATIENCE:
            if arrived != (now := len(self._arrived())):
                arrived, since = now, time.monotonic()
            time.sleep(0.2)

    def _wait_until_nothing_waits(self, stage: Stage, number: int) -> None:
        """What arrived without an answer comes once more."""
        until = time.monotonic() + PATIENCE
        while inside("proof.drill.world", "sent", env=stage.env) < number and time.monotonic() < until:
            time.sleep(5)


class MailServerCut(MailServerAway):
    """It is there, leaves while messages are being sent, and comes back."""

    title = "messagerie coupée"
    is_quick = False
    cuts = 1

    def strike(self, stage: Stage, crowd: Crowd) -> None:
        with self.mail_server(stage):
            crowd.wait_for(0.4)
        crowd.wait_for(0.8)
