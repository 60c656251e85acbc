import uuid

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer
from wallets.tests.factories import make_wallet

from .pages import page


@pytest.fixture
def culture(client):
    """The Culture wallet of a child whose parent is connected, with 60 euros."""
    parent = make_user()
    client.force_login(parent)
    return make_wallet("60", beneficiary=make_beneficiary(parent, first_name="Garance"))


@pytest.fixture
def offer():
    return make_offer()


@pytest.fixture(params=["assigned", "paper"])
def form(request, culture, offer):
    """Where the amount is asked, and what is sent with it."""
    if request.param == "paper":
        return page(culture, f"papier/{culture.pk}/"), {"key": str(uuid.uuid4())}
    where = page(culture, f"organisme/{offer.partner_id}/{culture.pk}/")
    return where, {"key": str(uuid.uuid4()), "offer": offer.pk}
