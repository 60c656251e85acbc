"""Who has identifiants sent again and again has to wait."""

import pytest

from accounts.models import ForgottenRequest
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db


def ask(client, contact):
    return client.post("/accueil/identifiants-oublies/", {"contact": contact})


@pytest.mark.parametrize("contact", ["camille@famille.example", "personne@famille.example"])
def test_the_fourth_letter_waits_whoever_it_is_for(client, contact):
    make_user("camille")
    for _ in range(3):
        assert ask(client, contact).status_code == 302
    response = ask(client, contact.upper())

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "60"
    assert "Attendez 1\N{NO-BREAK SPACE}minute, puis recommencez." in response.text
    assert ForgottenRequest.objects.count() == 3


def test_one_place_that_writes_to_everybody(client):
    statuses = [ask(client, f"compte{number}").status_code for number in range(101)]

    assert statuses == [302] * 100 + [429]
