import uuid

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_commune, make_offer, make_partner
from wallets.models import Kind
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


@pytest.fixture
def offers():
    sceaux = make_commune("92071", "Sceaux")
    return {
        "maitrise": make_offer("Chant choral", Kind.CULTURE, partner=make_partner("MAITRISE")),
        "danse": make_offer("Danse", Kind.SPORT, partner=make_partner("DANSE")),
        "judo": make_offer("Judo", Kind.SPORT, partner=make_partner("JUDO", commune=sceaux)),
        "parti": make_offer(
            "Chant choral", Kind.CULTURE, partner=make_partner("PARTI", affiliated_until="2024-01-01")
        ),
    }
