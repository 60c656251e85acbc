"""kill -9 of what answers the pages: gunicorn puts another worker in its place."""

from .crowd import Crowd
from .incident import Incident, Stage


class WorkerKilled(Incident):
    title = "ouvriers de gunicorn tués (kill -9)"

    def strike(self, stage: Stage, crowd: Crowd) -> None:
        for share in (0.2, 0.4, 0.6, 0.8):
            crowd.wait_for(share)
            [victim, *_] = self.server.process.children()
            victim.kill()
