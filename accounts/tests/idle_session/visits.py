"""Who comes in, and whether they still are."""

from accounts.tests.factories import PASSWORD

MINUTE = 60


ENDED = "la connexion s’est fermée"


def log_in(client, **fields):
    client.post("/accueil/", {"username": "camille", "password": PASSWORD, **fields})
    assert client.get("/mon-compte/").status_code == 200


def is_connected(client):
    return "_auth_user_id" in client.session
