"""Home: where a wallet that was never used could pay, near the child."""

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from partners.models import Commune
from partners.tests.factories import make_commune, make_offer, make_partner
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(client):
    parent = make_user()
    client.force_login(parent)
    return parent


@pytest.fixture
def child(parent):
    make_commune("92002", "Antony")
    return make_beneficiary(parent, insee_code="92002")


@pytest.fixture
def four_clubs():
    for number in range(4):
        partner = make_partner(f"CLUB {number}", latitude=f"48.7{number}", longitude="2.299")
        make_offer("Piano", Kind.CULTURE, partner=partner)
    make_offer("Judo", Kind.SPORT, partner=make_partner("JUDO", latitude="48.75", longitude="2.299"))


def suggested(client, child):
    nearby = client.get(f"/beneficiaires/{child.public_id}/").context["nearby"]
    return {wallet.kind: [listed.partner.name for listed in partners] for wallet, partners in nearby}


@pytest.mark.usefixtures("four_clubs")
def test_the_three_nearest_that_this_wallet_could_pay(client, child):
    culture = make_wallet(kind=Kind.CULTURE, beneficiary=child)
    page = client.get(f"/beneficiaires/{child.public_id}/").text

    assert suggested(client, child) == {"culture": ["CLUB 3", "CLUB 2", "CLUB 1"]}
    assert page.count(f'/{culture.pk}/">Créer un ticket ici') == 3
    assert "commune=92002&amp;autour=on&amp;porte_monnaie=culture" in page


@pytest.mark.usefixtures("four_clubs")
def test_not_for_a_wallet_that_was_used_nor_for_an_empty_one(client, child):
    make_ticket(wallet=make_wallet(kind=Kind.CULTURE, beneficiary=child))
    make_wallet("0", kind=Kind.SPORT, beneficiary=child)

    assert not any(suggested(client, child).values())


@pytest.mark.usefixtures("four_clubs")
def test_a_child_from_elsewhere_has_no_suggestion_and_its_page(client, child):
    make_wallet(kind=Kind.CULTURE, beneficiary=child)
    Commune.objects.filter(partners=None).delete()
    child.insee_code = "75056"
    child.save()

    assert not any(suggested(client, child).values())
