"""What browsers held back is a line of the log: which page, which rule, and nothing that is anybody's."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from core.throttle_policy import MINUTE, Limit, ThrottlePolicy
from operations import metrics, violations
from operations.violations import LARGEST, MOST_AT_ONCE, NEW, OLD

from .metrics.reading import read

pytestmark = pytest.mark.django_db

SECRET = "7K4F9PQ2MNBVC"
SITE = "https://testserver"
PAGE = f"{SITE}/accueil/premiere-connexion/camille/{SECRET}/?nom=durand#camille"

BY_OLD = {
    "document-uri": PAGE,
    "referrer": f"https://camille.example/{SECRET}",
    "violated-directive": "script-src-elem",
    "effective-directive": "script-src-elem",
    "original-policy": "default-src 'none'",
    "disposition": "enforce",
    "blocked-uri": f"https://ailleurs.example:8443/{SECRET}.js?qui=camille",
    "line-number": 12,
    "source-file": f"{SITE}/static/js/session.0123abcd.js?qui=camille",
    "status-code": 200,
    "script-sample": "camille.durand@famille.example",
}
BY_NEW = {
    "documentURL": PAGE,
    "referrer": f"https://camille.example/{SECRET}",
    "effectiveDirective": "script-src-elem",
    "originalPolicy": "default-src 'none'",
    "disposition": "enforce",
    "blockedURL": f"https://ailleurs.example:8443/{SECRET}.js?qui=camille",
    "lineNumber": 12,
    "columnNumber": 3,
    "sourceFile": f"{SITE}/static/js/session.0123abcd.js?qui=camille",
    "statusCode": 200,
    "sample": "camille.durand@famille.example",
}


def enclosed(**violation):
    """As the Reporting API sends it."""
    return {"type": "csp-violation", "age": 5, "url": PAGE, "user_agent": "camille", "body": violation}


def send(said, kind=NEW, **headers):
    text = said if isinstance(said, str | bytes) else json.dumps(said)
    # A browser has no token of ours.
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    return browser.post("/violations/", text, content_type=kind, secure=True, headers=headers)


@pytest.fixture
def lines(written):
    """`lines()`: those about violations."""
    return lambda: [
        line for line in map(json.loads, written().splitlines()) if line["logger"] == "operations.violations"
    ]


def test_every_browser_is_told_where(client):
    response = client.get("/accueil/")
    address = reverse("passplus:violations")

    assert response["Reporting-Endpoints"] == f'csp="{address}"'
    assert f"report-uri {address}" in response["Content-Security-Policy"]
    assert "report-to csp" in response["Content-Security-Policy"]


@pytest.mark.parametrize(("kind", "said"), [(OLD, {"csp-report": BY_OLD}), (NEW, [enclosed(**BY_NEW)])])
def test_a_line_says_a_closed_list_of_facts(written, lines, kind, said):
    answer = send(said, kind)

    assert (answer.status_code, answer.content) == (204, b"")
    [line] = lines()
    assert line.pop("time")
    assert line == {
        "level": "WARNING",
        "logger": "operations.violations",
        "message": "Held back by the CSP: script-src-elem",
        "request_id": answer["X-Request-ID"],
        "directive": "script-src-elem",
        "blocked": "https://ailleurs.example:8443",
        "document": "accounts:activate_link",
        "source": "/static/js/session.0123abcd.js",
        "line": 12,
        "disposition": "enforce",
    }
    for theirs in (SECRET, "camille", "durand", "default-src"):
        assert theirs not in written()


def test_each_violation_of_a_message_is_one(lines):
    send([enclosed(**BY_NEW), {"type": "deprecation", "body": {}}, enclosed(**BY_NEW | {"lineNumber": 13})])

    assert [line["line"] for line in lines()] == [12, 13]


def test_they_are_counted_by_directive():
    def counted():
        return read(metrics.reading().decode()).get(("passplus_csp_violations_total", "img-src"), 0)

    before = counted()
    send([enclosed(**BY_NEW | {"effectiveDirective": "img-src"})] * 2)

    assert counted() - before == 2


@pytest.mark.parametrize(
    ("blocked", "told"),
    [
        ("inline", "inline"),
        ("eval", "eval"),
        ("data", "data"),
        ("data:text/html,camille", "data"),
        ("chrome-extension://camille/x.js", "chrome-extension"),
        ("HTTPS://Ailleurs.example", "https://ailleurs.example"),
        ("wss://ailleurs.example/camille", "wss://ailleurs.example"),
        ("https://camille:0@ailleurs.example/", "unknown"),
        ("https://camille@ailleurs.example/", "unknown"),
        ("https://ailleurs.example\\@camille", "unknown"),
        ("https://ailleurs.example\n{}", "unknown"),
        ("camille", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
        (["camille"], "unknown"),
        ({"camille": {}}, "unknown"),
    ],
)
def test_what_was_held_back_is_an_origin_or_one_of_a_few_words(lines, blocked, told):
    send({"csp-report": BY_OLD | {"blocked-uri": blocked}}, OLD)

    assert [line["blocked"] for line in lines()] == [told]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (f"{SITE}/", "passplus:start"),
        (f"{SITE}/T/{SECRET}/", "tickets:scan"),
        (f"{SITE}/accueil/premiere-connexion/cam%C3%A9/{SECRET}/", "accounts:activate_link"),
        (f"{SITE}/camille/", "unknown"),
        (f"{SITE}", "unknown"),
        (f"{SITE}/static/../camille é.js", "unknown"),
        (f"{SITE}.camille/", "https://testserver.camille"),
        ("https://ailleurs.example/camille.js", "https://ailleurs.example"),
        ("moz-extension://camille/x.js", "moz-extension"),
        ("about:srcdoc", "about"),
        (12, "unknown"),
    ],
)
def test_where_it_was_is_a_route_or_an_origin(lines, place, told):
    send([enclosed(**BY_NEW | {"sourceFile": place, "documentURL": place})])

    assert [(line["source"], line["document"]) for line in lines()] == [(told, told)]


@pytest.mark.parametrize(
    ("fact", "forged", "told"),
    [
        ("directive", "camille", "unknown"),
        ("directive", ["script-src"], "unknown"),
        ("disposition", "camille", "unknown"),
        ("disposition", {}, "unknown"),
        *(("line", forged, None) for forged in ("12", "camille", -1, 10**9, 1.5, True, [1])),
    ],
)
def test_a_forged_fact_is_none(lines, fact, forged, told):
    names = {"directive": "effectiveDirective", "disposition": "disposition", "line": "lineNumber"}
    send([enclosed(**BY_NEW | {names[fact]: forged})])

    assert [line[fact] for line in lines()] == [told]


@pytest.mark.parametrize(
    ("kind", "said", "status"),
    [
        *((kind, " ", 400) for kind in (OLD, NEW)),
        *((kind, "{", 400) for kind in (OLD, NEW)),
        *((kind, "null", 400) for kind in (OLD, NEW)),
        *((kind, b"\xff\xfe{}", 400) for kind in (OLD, NEW)),
        *((kind, "[" * LARGEST, 400) for kind in (OLD, NEW)),
        *((kind, "1" * 5000, 400) for kind in (OLD, NEW)),
        *((kind, '{"csp-report": "camille"}', 400) for kind in (OLD, NEW)),
        (OLD, [enclosed(**BY_NEW)], 400),
        (NEW, {"csp-report": BY_OLD}, 400),
        (NEW, ["camille"], 400),
        (NEW, [{"type": "csp-violation"}], 400),
        (NEW, [{"type": "csp-violation", "body": [1]}], 400),
        (NEW, [], 204),
        (NEW, [enclosed(**BY_NEW | {"sample": "x" * LARGEST})], 413),
        ("application/json", [enclosed(**BY_NEW)], 415),
        ("text/plain", {"csp-report": BY_OLD}, 415),
        ("application/x-www-form-urlencoded", "csp-report=camille", 415),
    ],
)
def test_what_is_no_report_writes_nothing(lines, kind, said, status):
    assert send(said, kind).status_code == status
    assert lines() == []


def test_the_charset_is_no_other_type(lines):
    assert send({"csp-report": BY_OLD}, f"{OLD}; charset=utf-8").status_code == 204
    assert len(lines()) == 1


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options"])
def test_nothing_is_read_there(client, method):
    assert getattr(client, method)("/violations/").status_code == 405


def test_nobody_fills_a_disk(lines, settings, monkeypatch):
    settings.SECURE_PROXY = True
    limit = Limit(free=2, first=MINUTE, longest=MINUTE, memory=MINUTE)
    monkeypatch.setattr(violations, "REPORTS", ThrottlePolicy("violations", network=limit))
    many = [enclosed(**BY_NEW | {"sample": ""})] * (MOST_AT_ONCE + 5)
    noisy, other = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}

    # A refusal would make the browser send it again.
    assert {send(many, **noisy).status_code for _ in range(5)} == {204}
    assert len(lines()) == 2 * MOST_AT_ONCE
    # One noisy place makes nobody else silent.
    send([enclosed(**BY_NEW)], **other)
    assert len(lines()) == 2 * MOST_AT_ONCE + 1
