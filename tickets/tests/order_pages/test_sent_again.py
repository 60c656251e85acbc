"""« Effectuer une transaction »: a form sent twice, or after something has changed."""

import re
import uuid

import pytest

from wallets.models import Wallet
from wallets.tests.factories import days, make_closed_campaign

from .pages import balance, page, sentences

pytestmark = pytest.mark.django_db


def test_sent_twice_it_shows_the_same_success(client, culture, form):
    where, fields = form
    first, second = (client.post(where, fields | {"amount": "40"}) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert balance(culture) == "20.00"


def test_the_same_form_with_another_amount_comes_back_as_a_new_one(client, culture, form):
    where, fields = form
    client.post(where, fields | {"amount": "10"})
    response = client.post(where, fields | {"amount": "20"})

    assert "a déjà servi" in sentences(response, "__all__")
    assert balance(culture) == "50.00"
    renewed = re.search(r'name="key" value="([^"]+)"', response.text)[1]
    assert client.post(where, fields | {"amount": "20", "key": renewed}).status_code == 302


@pytest.mark.parametrize("key", ["", "x", "\0"])
def test_without_a_key_of_ours(client, culture, form, key):
    where, fields = form

    assert client.post(where, fields | {"amount": "10", "key": key}).status_code == 400


def test_when_the_campaign_closes_between_two_screens(client, culture, form):
    where, fields = form
    assert client.get(where).status_code == 200
    Wallet.objects.update(campaign=make_closed_campaign(name="2025-2026"))

    assert "La campagne 2025-2026" in client.post(where, fields | {"amount": "10"}, follow=True).text
    assert "La campagne 2025-2026" in client.get(where, follow=True).text


def test_when_the_organisme_leaves_between_two_screens(client, culture, offer):
    where = page(culture, f"organisme/{offer.partner_id}/{culture.pk}/")
    offer.partner.affiliated_until = days(-1)
    offer.partner.save()
    response = client.post(where, {"key": uuid.uuid4(), "offer": offer.pk, "amount": "10"}, follow=True)
    assert "n’est plus affilié" in response.text

    response = client.get(where, follow=True)
    assert response.redirect_chain == [(page(culture, "organisme/"), 302)]
    assert "n’est plus affilié" in response.text
