"""What browsers held back is a line of the log: which page, which rule, and nothing that is anybody's."""

import pytest
from django.urls import reverse

from operations import metrics
from operations.tests.metrics.reading import read
from operations.violations.message import NEW, OLD

from .reports import BY_NEW, BY_OLD, SECRET, enclosed, send

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
