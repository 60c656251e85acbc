"""Pages of those who are not connected, to who is."""

import pytest
from django.test import Client

from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db


def connected(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("path", ["/accueil/premiere-connexion/", "/accueil/identifiants-oublies/"])
def test_a_page_of_those_who_are_not_connected_says_that_one_is(client, path):
    """family.md, polish: it said nothing to who is; a parent still opens a child's letter there."""
    assert "Vous êtes connecté sous" not in client.get(path).text
    user = make_user("camille")

    assert f"Vous êtes connecté sous {user}" in connected(user).get(path).text.replace("\xa0", " ")
