"""What is counted of refusals."""

import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.tests.factories import make_beneficiary
from wallets.exceptions import InsufficientFunds
from wallets.models import Kind
from wallets.tests.factories import make_wallet


def test_a_refusal_is_counted_by_its_kind(client, parent, wallet, counted):
    client.force_login(parent)
    page = reverse("tickets:create_paper", args=[wallet.beneficiary.public_id, wallet.pk])
    response = client.post(page, {"key": uuid.uuid4(), "amount": "100"})

    assert "Il ne reste que" in response.text
    assert counted("passplus_refusals_total", "InsufficientFunds") == 1


@pytest.mark.parametrize("balance", ["0", "0.50"])
def test_a_page_that_says_what_cannot_be_done_is_no_refusal(client, parent, counted, balance):
    """code.md 3.15: one look at the paper page with an empty wallet was two refusals."""
    child = make_beneficiary(parent)
    client.force_login(parent)
    for kind, left in ((Kind.SPORT, balance), (Kind.CULTURE, "20")):
        make_wallet(left, kind=kind, beneficiary=child)
    page = client.get(reverse("tickets:paper", args=[child.public_id]))

    assert page.status_code == 200
    assert ("Ce porte-monnaie est vide." in page.text) == (balance == "0")
    for refusal in ("InsufficientFunds", "AmountNotAllowed"):
        assert counted("passplus_refusals_total", refusal) == 0


@pytest.mark.django_db
def test_to_make_an_exception_counts_nothing(counted):
    """code.md 3.15."""
    assert InsufficientFunds(Decimal(0)).sentence == InsufficientFunds.said_of(Decimal(0))
    assert counted("passplus_refusals_total", "InsufficientFunds") == 0


@pytest.mark.django_db(transaction=True)
def test_a_throttle_is_counted_by_its_door(client, counted):
    form = {"username": "camille", "password": "trois tulipes mauves"}
    statuses = [client.post("/accueil/", form).status_code for _ in range(7)]

    assert statuses.count(429) == counted("passplus_throttled_total", "login") == 2
