import pytest
from django.urls import reverse

from accounts.tests.factories import make_agent

from .journal import WHY


@pytest.fixture
def administrator(enter):
    agent = make_agent("administrateur")
    enter(agent)
    return agent


@pytest.fixture
def act(client):
    """`act(row, "annuler", …)` sends the act's form, with a reason; again, where it is to be read again."""

    def send(row, name, **said):
        model = f"{row._meta.app_label}_{row._meta.model_name}"
        page = reverse(f"admin:{model}_{name}", args=[row.pk])
        response = client.post(page, {"reason": WHY} | said)
        if response.context and response.context.get("read_again"):
            return client.post(page, {"reason": WHY, "seen": response.context["seen"]} | said)
        return response

    return send
