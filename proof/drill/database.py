"""kill -9 of PostgreSQL: of one who serves, after which it starts again by itself; then of all of it."""

import time

from proof.servers.postgresql import NAME

from .crowd import Crowd
from .incident import Incident, Stage

# What systemd takes to start it again.
AWAY = 1


class DatabaseKilled(Incident):
    title = "PostgreSQL tué (kill -9)"

    def strike(self, stage: Stage, crowd: Crowd) -> None:
        crowd.wait_for(0.25)
        self.postgresql.child(NAME).kill()
        crowd.wait_for(0.5)
        self.postgresql.kill()
        time.sleep(AWAY)
        self.postgresql.start()
