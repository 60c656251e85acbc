"""Who tries, and from where."""

from accounts.tests.factories import PASSWORD
from core.throttle import Attempt

HOME, SCHOOL, ELSEWHERE = "192.0.2.1", "198.51.100.7", "203.0.113.9"


def accepted(outcome):
    return isinstance(outcome, Attempt)


def log_in(client, username="camille", password=PASSWORD, address=HOME, **more):
    fields = {"username": username, "password": password}
    return client.post("/accueil/", fields, REMOTE_ADDR=address, **more)
