"""gunicorn is replaced under load, as docs/exploitation.md does it; nobody is refused."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from proof.servers.servers import HOST, environment, gunicorn, wait_for

from .crowd import Crowd
from .incident import Incident, Stage
from .workshop import Workshop


class RollingRestart(Incident):
    """Twice: a change of settings (`systemctl reload`), and a new version (`systemctl restart`).

    The door stays open behind which it is replaced: systemd holds it there, and we do here.
    """

    title = "redémarrages sous la charge"
    is_felt = False
    is_quick = False

    door: socket.socket
    workshop: Workshop
    process: psutil.Popen

    @contextmanager
    def stage(self, workshop: Workshop) -> Iterator[Stage]:
        self.workshop = workshop
        with self.database(workshop) as self.postgresql, socket.create_server((HOST, 0)) as self.door:
            env, port = environment(self.postgresql.address), self.door.getsockname()[1]
            self._start(env)
            try:
                wait_for(port)
                yield Stage(env, port, self.families(workshop, port))
            finally:
                self._stop()

    def strike(self, stage: Stage, crowd: Crowd) -> None:
        crowd.wait_for(0.25)
        self.process.send_signal(signal.SIGHUP)
        crowd.wait_for(0.6)
        self._stop()
        self._start(stage.env)

    def _start(self, env: dict[str, str]) -> None:
        self.process = gunicorn(self.door, "passplus.wsgi", env, self.workshop.log)

    def _stop(self) -> None:
        self.process.terminate()
        self.process.wait()
