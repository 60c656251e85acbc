"""One line a request, with its id."""

import logging
import re

import pytest
from django.db import OperationalError

from accounts.tests.factories import make_beneficiary, make_user
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

from .faults import SECRET, fails_with

pytestmark = pytest.mark.django_db


def test_what_a_line_says(client, lines):
    answer = client.get("/accueil/?identifiant=camille")

    [line] = lines()
    assert line.pop("time").endswith("+00:00")
    assert line.pop("ms") > 0
    assert line == {
        "level": "INFO",
        "logger": "passplus.middleware",
        "message": line["message"],
        "request_id": answer["X-Request-ID"],
        "method": "GET",
        "route": "accounts:login",
        "status": 200,
        "bytes": len(answer.content),
    }
    assert line["message"].startswith("GET accounts:login 200 ")


def test_a_page_of_somebody_is_told_by_its_route(client, written, lines):
    parent = make_user("camille", email="camille@famille.example")
    ticket = make_ticket(wallet=make_wallet(beneficiary=(child := make_beneficiary(parent))), actor=parent)
    client.force_login(parent)
    client.get(f"/beneficiaires/{child.public_id}/loisirs/transactions/{ticket.number}/?avant=camille")

    [line] = lines()
    assert line["route"] == "tickets:detail"
    for theirs in ("camille", child.public_id, child.first_name, ticket.code):
        assert theirs not in written()


def test_files_and_probes_are_told_only_if_they_fail(client, lines):
    for path in ("/favicon.ico", "/healthz"):
        client.get(path).close()
    assert lines() == []

    client.post("/healthz")
    assert [(line["route"], line["status"]) for line in lines() if "route" in line] == [("/healthz", 405)]


def test_a_file_that_streams_has_no_size_yet(client, caplog):
    with caplog.at_level(logging.DEBUG, "passplus.middleware"):
        client.get("/favicon.ico").close()

    [record] = caplog.records
    assert (record.facts["route"], record.facts["bytes"]) == ("static", None)


def test_each_request_has_its_own(client):
    ids = {client.get(path)["X-Request-ID"] for path in ("/accueil/", "/accueil/", "/nulle-part/")}

    assert len(ids) == 3
    assert all(re.fullmatch("[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}", it) for it in ids)


@pytest.mark.parametrize(
    ("proxy", "given", "taken"),
    [
        (True, "8f14e45fceea167a5a36dedd4bea2543", True),
        (False, "8f14e45fceea167a5a36dedd4bea2543", False),
        (True, "trop court"[:4], False),
        (True, "x" * 65, False),
        (True, 'injecté","status":200', False),
    ],
)
def test_one_given_by_our_proxy(client, settings, proxy, given, taken):
    settings.SECURE_PROXY = proxy
    answer = client.get("/accueil/", headers={"X-Request-ID": given, "X-Forwarded-For": "192.0.2.1"})

    assert (answer["X-Request-ID"] == given) == taken


@pytest.mark.parametrize(
    ("trouble", "status"), [(ValueError("camille"), 500), (OperationalError("lock timeout"), 503)]
)
def test_a_family_reads_it_to_the_hotline(visitor, lines, monkeypatch, trouble, status):
    fails_with(monkeypatch, trouble)
    answer = visitor.get(f"/accueil/premiere-connexion/camille/{SECRET}/")

    assert answer.status_code == status
    assert f"donnez cette référence\N{NO-BREAK SPACE}: <b>{answer['X-Request-ID']}</b>" in answer.text
    assert {line["request_id"] for line in lines()} == {answer["X-Request-ID"]}


def test_so_does_the_page_of_a_maintenance(client, settings):
    settings.MAINTENANCE = True
    answer = client.get("/")

    assert f"<b>{answer['X-Request-ID']}</b>" in answer.text
