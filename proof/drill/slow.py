"""Somebody holds connections open and hardly says a word on them; families are served all the same."""

import resource
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from proof.servers.servers import HOST, environment, free_port, serve

from . import front
from .cluster import answers, wait_until
from .crowd import Crowd
from .incident import Incident, Stage
from .machines import Machines
from .workshop import Workshop

# One computer opens so many without trying hard; Debian's nginx holds 768 of all visitors together.
CONNECTIONS = 1_700
UPSTREAM = "upstream passplus {{ server 127.0.0.1:{port}; }}\n"
BEGINNING = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


class Trickle:
    """Connections that say one letter a second, and are opened again when nginx loses patience."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: dict[int, socket.socket] = {}
        self._over = threading.Event()
        # The fewest that were open at once, after the first second.
        self.fewest = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        self._open_all()
        thread = threading.Thread(target=self._go_on)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()
            for one in self._open.values():
                one.close()

    def _go_on(self) -> None:
        self.fewest = len(self._open)
        while not self._over.wait(1):
            for number, one in list(self._open.items()):
                try:
                    one.send(b"x")
                except OSError:
                    self._open.pop(number).close()
            self._open_all()
            self.fewest = min(self.fewest, len(self._open))

    def _open_all(self) -> None:
        for number in range(CONNECTIONS):
            if number not in self._open:
                with suppress(OSError):
                    one = socket.create_connection((HOST, self._port), timeout=5)
                    one.send(BEGINNING)
                    one.settimeout(0)
                    self._open[number] = one


class SlowConnections(Incident):
    title = f"{CONNECTIONS} connexions lentes, d’un seul ordinateur"
    is_felt = False
    is_quick = False

    trickle: Trickle

    @contextmanager
    def stage(self, workshop: Workshop) -> Iterator[Stage]:
        """nginx before gunicorn, with the file and the numbers of production."""
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        with (
            self.database(workshop) as self.postgresql,
            serve("passplus.wsgi", environment(self.postgresql.address), workshop.log) as self.server,
            TemporaryDirectory(dir=workshop.directory) as place,
        ):
            machines, port = Machines(Path(place)), free_port()
            text = front.configuration(UPSTREAM.format(port=self.server.port), port)
            machines.start("front", "nginx", "-c", machines.write("front", "nginx.conf", text), user=None)
            try:
                wait_until("nginx répond", lambda: answers(HOST, port, "/accueil/"))
                yield Stage(environment(self.postgresql.address), port, self.families(workshop, port))
            finally:
                machines.stop()

    def strike(self, stage: Stage, crowd: Crowd) -> None:
        crowd.wait_for(0.2)
        self.trickle = Trickle(stage.port)
        with self.trickle.held():
            crowd.wait_for(0.95)

    def faults(self, stage: Stage, crowd: Crowd) -> Iterator[str]:
        if self.trickle.fewest < 0.9 * CONNECTIONS:
            yield f"{self.trickle.fewest} connexions lentes seulement : l’incident a-t-il eu lieu ?"
