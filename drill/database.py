"""kill -9 of PostgreSQL: of one of its processes, after which it recovers by itself; then of all of it."""

import time

from .crowd import Crowd
from .incident import Incident, Stage

# What systemd takes to start it again.
AWAY = 1


class DatabaseKilled(Incident):
    title = "PostgreSQL tué (kill -9)"

    def strike(self, stage: Stage, crowd: Crowd) -> None:
        crowd.wait_for(0.25)
        self.postgresql.kill_one_of_its_own()
        crowd.wait_for(0.5)
        self.postgresql.kill()
        time.sleep(AWAY)
        self.postgresql.start()
