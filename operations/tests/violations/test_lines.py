"""What browsers held back is a line of the log: which page, which rule, and nothing that is anybody's."""

import pytest
from django.urls import reverse

from operations import metrics
from operations.tests.metrics.reading import read
from operations.violations import NEW, OLD

from .reports import BY_NEW, BY_OLD, SECRET, SITE, enclosed, send

pytestmark = pytest.mark.django_db


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
