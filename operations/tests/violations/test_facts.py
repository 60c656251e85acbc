"""Each fact of a line is of a closed list."""

import pytest

from operations.violations.message import OLD

from .reports import BY_NEW, BY_OLD, SECRET, SITE, enclosed, send

pytestmark = pytest.mark.django_db


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
