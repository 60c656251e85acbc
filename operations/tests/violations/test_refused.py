"""What is no report writes nothing."""

import pytest

from core.throttle_policy import MINUTE, Limit, ThrottlePolicy
from operations.violations import view
from operations.violations.message import NEW, OLD
from operations.violations.view import LARGEST, MOST_AT_ONCE

from .reports import BY_NEW, BY_OLD, enclosed, send

pytestmark = pytest.mark.django_db


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
    monkeypatch.setattr(view, "REPORTS", ThrottlePolicy("violations", network=limit))
    many = [enclosed(**BY_NEW | {"sample": ""})] * (MOST_AT_ONCE + 5)
    noisy, other = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}

    # A refusal would make the browser send it again.
    assert {send(many, **noisy).status_code for _ in range(5)} == {204}
    assert len(lines()) == 2 * MOST_AT_ONCE
    # One noisy place makes nobody else silent.
    send([enclosed(**BY_NEW)], **other)
    assert len(lines()) == 2 * MOST_AT_ONCE + 1
