"""A page of another site sends a form to ours, from the browser of somebody who is connected."""

import pytest
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from . import rights
from .database import undone, writes
from .routes import every_pattern, every_route

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# The first comes from browsers themselves, and all it can do is to write a line of the log. The link in the
# others is all the proof (RFC 8058), and all it can do is to stop e-mails.
TAKES_ANYBODYS = ["violations/", "e-mails/<str:token>/", "rappels/<str:token>/"]


def taken(world, persona, routes, **sent):
    """The addresses that took a form without our token."""
    client = world.client(persona)
    client.handler.enforce_csrf_checks = True
    found = []
    for route in routes:
        with undone(), writes() as written:
            response = client.post(world.address(route), sent, secure=True)
        if response.status_code != 403 or written:
            found.append(route)
    return found


@pytest.mark.parametrize("persona", [rights.ANONYMOUS, rights.GUARDIAN, rights.ADMINISTRATOR])
def test_no_address_takes_a_form_without_our_token(world, persona):
    assert taken(world, persona, every_route()) == TAKES_ANYBODYS


def test_the_control_a_view_that_asks_for_none_is_found(world, monkeypatch):
    pattern = next(pattern for route, pattern in every_pattern() if route == "mon-compte/coordonnees/")
    monkeypatch.setattr(pattern, "callback", csrf_exempt(lambda request: HttpResponse("done")))

    assert taken(world, rights.GUARDIAN, ["mon-compte/coordonnees/"]) == ["mon-compte/coordonnees/"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Origin": "https://testserver"}, 302, id="ours: the control"),
        pytest.param({"Origin": "https://ailleurs.example"}, 403, id="another site"),
        pytest.param({"Origin": "http://testserver"}, 403, id="the same in clear"),
        pytest.param({"Origin": "null"}, 403, id="a sandbox"),
        pytest.param({"Referer": "https://testserver.ailleurs.example/"}, 403, id="one that is called alike"),
        pytest.param({}, 403, id="who does not say"),
    ],
)
def test_a_right_token_from_a_wrong_place(world, headers, status):
    client = world.client(rights.GUARDIAN)
    client.handler.enforce_csrf_checks = True
    page = client.get("/mon-compte/", secure=True)
    with undone():
        sent = {"csrfmiddlewaretoken": str(page.context["csrf_token"])}
        response = client.post("/mon-compte/e-mails/", sent, headers=headers, secure=True)

    assert response.status_code == status


def test_the_token_of_another_session_is_none(world):
    mine, theirs = world.client(rights.GUARDIAN), world.client(rights.STRANGER)
    mine.handler.enforce_csrf_checks = True
    mine.get("/mon-compte/", secure=True)
    token = str(theirs.get("/mon-compte/", secure=True).context["csrf_token"])
    response = mine.post(
        "/mon-compte/e-mails/",
        {"csrfmiddlewaretoken": token},
        headers={"Origin": "https://testserver"},
        secure=True,
    )

    assert response.status_code == 403
