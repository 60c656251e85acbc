import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from backoffice.tests.filled import filled


@pytest.fixture
def agent(enter):
    return enter(make_user("agent", is_staff=True, is_superuser=True))


@pytest.fixture
def opened(agent):
    """`send = opened(row)`: its page is open; `send(city="Sceaux")` sends what it showed but for that."""

    def open_page(row):
        address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
        said = filled(agent.get(address).text, f"{row._meta.model_name}_form")

        def send(**typed):
            return agent.post(address, said | typed)

        return send

    return open_page
