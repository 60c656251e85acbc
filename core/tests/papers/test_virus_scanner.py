"""What a scanner says of a paper, over its own protocol."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from core.papers import virus_scanner
from core.papers.cleaning import PaperRefused, clean

from .samples import picture

pytestmark = pytest.mark.any_database
EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


@contextmanager
def scanner(door: socket.socket, answer: bytes = b"") -> Iterator[list[bytes]]:
    """Answers one question as clamd would, or in its own words."""
    received: list[bytes] = []

    def serve() -> None:
        came, _ = door.accept()
        with came, came.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            while length := struct.unpack("!L", said.read(4))[0]:
                received.append(said.read(length))
            content = b"".join(received)
            verdict = b"Eicar-Test-Signature FOUND" if EICAR in content else b"OK"
            came.sendall(answer or b"stream: " + verdict + b"\0")

    server = threading.Thread(target=serve)
    server.start()
    yield received
    server.join(10)


@pytest.fixture
def door(settings) -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.CLAMD = f"127.0.0.1:{listening.getsockname()[1]}"
        yield listening


def test_a_virus_is_refused(door):
    with scanner(door), pytest.raises(PaperRefused, match="virus"):
        clean(picture() + EICAR)


def test_all_of_it_is_looked_at(door):
    sent = picture() + bytes(200_000)
    with scanner(door) as received:
        assert not virus_scanner.finds_something_in(sent)
    assert b"".join(received) == sent


def test_by_a_socket(tmp_path, settings):
    settings.CLAMD = str(tmp_path / "clamd.ctl")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(settings.CLAMD)
        listening.listen()
        with scanner(listening):
            assert not virus_scanner.finds_something_in(picture())


def test_one_that_says_something_else_lets_nothing_through(door):
    with scanner(door, b"INSTREAM size limit exceeded. ERROR\0"), pytest.raises(virus_scanner.Silent):
        clean(picture())


def test_one_that_is_away_lets_nothing_through(settings):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.CLAMD = f"127.0.0.1:{listening.getsockname()[1]}"
    with pytest.raises(virus_scanner.Silent):
        clean(picture())


def test_without_one_nothing_is_asked(settings):
    settings.CLAMD = ""
    assert not virus_scanner.finds_something_in(EICAR)
