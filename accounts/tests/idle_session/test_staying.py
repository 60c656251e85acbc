"""A session is prolonged by a button."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_script_gets_no_content(connected, clock):
    clock.wait(59)
    assert connected.post("/session/prolonger/").status_code == 204
    clock.wait(59)
    assert connected.get("/mon-compte/").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/aide/?a=b", "/aide/?a=b"),
        ("https://ailleurs.example/", "/"),
        ("//ailleurs.example", "/"),
        ("", "/"),
    ],
)
def test_the_plain_form_leads_back_and_never_elsewhere(connected, clock, wanted, leads_to):
    clock.wait(59)
    response = connected.post("/session/prolonger/", {"next": wanted})

    assert response.headers["Location"] == leads_to
    clock.wait(59)
    assert connected.get("/mon-compte/").status_code == 200


def test_the_address_typed_by_hand(connected):
    assert connected.get("/session/prolonger/").headers["Location"] == "/"


def test_too_late(connected, clock):
    clock.wait(60)

    assert connected.post("/session/prolonger/").headers["Location"].startswith("/accueil/?next=")


def test_it_takes_a_token(connected, clock):
    connected.handler.enforce_csrf_checks = True

    assert connected.post("/session/prolonger/").status_code == 403
