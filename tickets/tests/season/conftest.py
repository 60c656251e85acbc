from collections.abc import Callable

import pytest

from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary, make_user
from partners.models import Offer
from partners.tests.factories import make_offer
from wallets.models import Kind
from wallets.tests.factories import days, make_campaign, make_wallet


@pytest.fixture
def garance(client) -> Beneficiary:
    """One of two children of whoever is connected."""
    parent = make_user("camille")
    make_beneficiary(parent, first_name="Lucien")
    client.force_login(parent)
    return make_beneficiary(parent, first_name="Garance")


@pytest.fixture
def wallets(garance) -> Callable[..., None]:
    """`wallets(7, sport="20", culture="60")`: in a campaign that takes tickets for so many days."""

    def give(left: int, **balances: str) -> None:
        last = {"last_ticket_on": days(left), "last_cancellation_on": days(left)}
        campaign = make_campaign(name="2026-2027", **last)
        for kind, balance in balances.items():
            make_wallet(balance, kind=Kind(kind), beneficiary=garance, campaign=campaign)

    return give


@pytest.fixture
def offer() -> Offer:
    return make_offer("Chant choral", Kind.CULTURE)
