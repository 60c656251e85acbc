import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_agent, make_beneficiary, make_user

from .messages import OLD, WHY


@pytest.fixture
def agnes(enter):
    agent = make_agent(username="agnes")
    enter(agent)
    return agent


@pytest.fixture
def family():
    """In use."""
    user = make_user("mere", email=OLD, last_login=timezone.now())
    make_beneficiary(user)
    return user


@pytest.fixture
def write(client, agnes):
    """`write(user, address)`: what the form of the account does, by the agent who is there."""

    def send(user, address):
        page = reverse("admin:accounts_user_change", args=[user.pk])
        client.post(page, {"username": user.username, "email": address, "reason": WHY})
        mail.outbox.clear()

    return send


@pytest.fixture
def act(client):
    def send(row, name, **said):
        address = reverse(f"admin:accounts_user_{name}", args=[row.pk])
        return client.post(address, {"reason": WHY} | said)

    return send
