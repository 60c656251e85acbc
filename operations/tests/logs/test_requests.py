"""One line a request."""

import logging

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

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
