"""A service of others that is slow, wrong or away holds nobody up."""

import json
from threading import Event

import pytest

from core import asking

from .outside import said, service

pytestmark = pytest.mark.any_database


def test_what_it_says(caplog):
    def echo(door):
        said(json.dumps({"path": door.path}).encode())(door)

    with service(echo) as address:
        assert asking.ask(address, {"q": "12 rue de l’Église"}) == {
            "path": "/?q=12+rue+de+l%E2%80%99%C3%89glise"
        }
    assert not caplog.records


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(said(b"{}", 500), id="broken"),
        pytest.param(said(b"{}", 429), id="asked too often"),
        pytest.param(said(b"<html>"), id="a page"),
        pytest.param(said(b""), id="nothing"),
        pytest.param(said(b"", 302, Location="http://127.0.0.1:9/"), id="elsewhere"),
        pytest.param(said(b" " * (asking.LARGEST + 1)), id="a book"),
    ],
)
def test_an_answer_that_is_none(answer, caplog):
    with service(answer) as address, pytest.raises(asking.NoAnswer):
        asking.ask(address, {"q": "SECRET"})
    assert "SECRET" not in caplog.text


def test_one_that_is_away():
    with pytest.raises(asking.NoAnswer):
        asking.ask("http://127.0.0.1:9/", {})


def test_one_that_never_answers(monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE", 0.05)
    over = Event()
    with service(lambda _: over.wait(5)) as address, pytest.raises(asking.NoAnswer):
        asking.ask(address, {})
    over.set()


def test_one_that_goes_on_for_ever(monkeypatch):
    """Each piece comes in time."""
    monkeypatch.setattr(asking, "PATIENCE", 0.2)
    monkeypatch.setattr(asking, "PIECE", 1)
    over = Event()

    def drip(door):
        door.send_response(200)
        door.end_headers()
        while not over.wait(0.02):
            try:
                door.wfile.write(b" ")
            except OSError:
                return

    with service(drip) as address, pytest.raises(asking.NoAnswer):
        asking.ask(address, {})
    over.set()
