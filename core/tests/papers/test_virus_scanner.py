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
def door(tmp_path, monkeypatch) -> Iterator[socket.socket]:
    path = tmp_path / "clamd.ctl"
    monkeypatch.setattr(virus_scanner, "SOCKET", path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        yield listening


def test_a_virus_is_refused(door):
    with scanner(door), pytest.raises(PaperRefused, match="virus"):
        clean(picture() + EICAR)


def test_all_of_it_is_looked_at(door):
    sent = picture() + bytes(200_000)
    with scanner(door) as received:
        assert not virus_scanner.finds_something_in(sent)
    assert b"".join(received) == sent


def test_one_that_says_something_else_lets_nothing_through(door):
    with scanner(door, b"INSTREAM size limit exceeded. ERROR\0"), pytest.raises(virus_scanner.Silent):
        clean(picture())


def test_one_that_is_down_lets_nothing_through(door):
    """Its socket stays."""
    door.close()
    with pytest.raises(virus_scanner.Silent):
        clean(picture())


def test_where_none_is_installed_nothing_is_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(virus_scanner, "SOCKET", tmp_path / "none")
    assert not virus_scanner.finds_something_in(EICAR)
