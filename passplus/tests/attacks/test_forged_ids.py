"""Somebody else's number, key, wallet or link in an address of one's own; or none that ever was."""

import uuid

import pytest
from django.core import signing
from django.urls import resolve, reverse

from accounts.links import Channel, password_path
from accounts.mail_choices import MailKind, token_for
from accounts.models import Beneficiary
from tickets.models import Ticket

from . import rights
from .database import undone, writes
from .routes import every_route

pytestmark = pytest.mark.django_db

OF_A_ROW = [
    route
    for route in every_route()
    if route.startswith(rights.HER) and any(name in route for name in ("<number:", "<uuid:"))
]
NO_ROW = ["0", "999999999999999999", "9" * 40, "-1", "1.0", "0x1", "1%20OR%201=1", "%00", "..%2f1", "٣"]


@pytest.fixture
def theirs(world):
    """What the neighbours have of the same kind."""
    ticket = Ticket.objects.exclude(wallet__beneficiary=world.child).earliest("pk")
    return {
        "number": ticket.number,
        "wallet_id": ticket.wallet_id,
        "campaign_id": ticket.wallet.campaign_id,
        "key": ticket.order_id,
    }


def test_there_are_rows_to_be_forged():
    assert len(OF_A_ROW) >= 6


@pytest.mark.parametrize("route", OF_A_ROW)
def test_the_row_of_another_family_under_her_address(world, theirs, route):
    match = resolve(world.address(route))
    forged = {name: theirs.get(name, value) for name, value in match.kwargs.items()}
    client = world.client(rights.GUARDIAN)
    for method in rights.RIGHTS[route].methods:
        with undone(), writes() as written:
            response = client.generic(method, reverse(match.view_name, kwargs=forged))

        assert response.status_code == 404
        assert written == []


@pytest.mark.parametrize("route", OF_A_ROW)
def test_her_row_under_the_address_of_another_family(world, route):
    neighbour = Beneficiary.objects.get(first_name="Maël")
    forged = world.address(route).replace(world.child.public_id, neighbour.public_id)

    assert world.client(rights.STRANGER).get(forged).status_code == 404


@pytest.mark.parametrize("value", NO_ROW)
def test_what_is_no_row_is_no_page(world, value):
    client = world.client(rights.GUARDIAN)
    for route in OF_A_ROW:
        names = resolve(world.address(route)).kwargs
        own = world.address(route)
        for name in names.keys() & {"number", "wallet_id", "campaign_id", "partner_id", "key"}:
            forged = own.replace(f"/{names[name]}/", f"/{value}/")
            assert client.get(forged).status_code in {400, 404}, forged


def test_an_order_key_that_another_family_used(world):
    """Not « already done », which would lead to their tickets."""
    key = Ticket.objects.exclude(wallet__beneficiary=world.child).earliest("pk").order_id
    path = world.address(f"{rights.ORDER}papier/<number:wallet_id>/")
    client = world.client(rights.GUARDIAN)
    with undone(), writes() as written:
        response = client.post(path, {"key": key, "amount": "10"})

    assert response.status_code == 200
    assert written == []


def test_a_wallet_or_an_offer_of_others_in_a_form(world, theirs):
    client = world.client(rights.GUARDIAN)
    path = world.address(f"{rights.ORDER}papier/")
    with undone(), writes() as written:
        client.post(path, {"key": uuid.uuid4(), "choice": f"{theirs['wallet_id']}-1"})
        client.post(path, {"key": uuid.uuid4(), "choice": f"single-{theirs['wallet_id']}"})

    assert written == []


class TestLinks:
    """None opens for who changed a letter of it, nor for who signed it elsewhere."""

    def links(self, world):
        guardian, newcomer = world.people[rights.GUARDIAN], world.rows["newcomer"]
        return [
            reverse("accounts:confirm_email", args=[world.email_token]),
            reverse("accounts:stop_mails", args=[token_for([guardian.pk], *MailKind)]),
            world.address("accueil/premiere-connexion/<str:username>/<str:code>/"),
            password_path(newcomer, Channel.MAIL),
        ]

    def opens(self, client, link):
        response = client.get(link, follow=True)
        return response.status_code == 200 and "n’est plus valable" not in response.text

    def test_the_control_each_opens_as_it_is(self, world):
        assert all(self.opens(world.client(rights.ANONYMOUS), link) for link in self.links(world))

    def test_with_one_letter_changed(self, world):
        for link in self.links(world):
            for place in (2, 5, 9):
                letter = "B" if link[-place] != "B" else "C"
                forged = link[:-place] + letter + link[-place + 1 :]
                response = world.client(rights.ANONYMOUS).get(forged, follow=True)
                assert response.status_code == 404 or response.context.get("validlink") is False, forged

    def test_one_signature_is_not_taken_for_another(self, world):
        guardian = world.people[rights.GUARDIAN]
        others = [
            token_for([guardian.pk], *MailKind),
            signing.dumps({"user_id": guardian.pk}),
            signing.dumps([guardian.pk]),
        ]
        for token in others:
            path = reverse("accounts:confirm_email", args=[token])
            assert world.client(rights.ANONYMOUS).post(path).status_code == 404
        path = reverse("accounts:stop_mails", args=[world.email_token])
        assert world.client(rights.ANONYMOUS).post(path).status_code == 404
