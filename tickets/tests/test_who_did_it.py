"""family.md 17, 18: each of those around a child reads who created, printed and cancelled a ticket."""

import uuid
from decimal import Decimal

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from core.tests.queue import work
from tickets import services
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def parents():
    return [
        make_user("camille", first_name="Camille", email="camille@famille.example"),
        make_user("dominique", first_name="Dominique", email="dominique@famille.example"),
    ]


@pytest.fixture
def wallet(parents):
    return make_wallet("60", beneficiary=make_beneficiary(*parents, first_name="Garance"))


def buy(wallet, actor):
    order = services.order(
        key=uuid.uuid4(), wallet_id=wallet.pk, offer_id=None, amount=Decimal(10), actor=actor
    )
    return order.tickets.get()


def words(page):
    return " ".join(page.text.split())


def test_the_ticket_tells_it_to_the_other_parent(client, parents, wallet):
    camille, dominique = parents
    ticket = buy(wallet, camille)
    services.record_printing(ticket_ids=[ticket.pk], actor=dominique)
    services.cancel(ticket_id=ticket.pk, actor=make_user("agent", is_staff=True))
    client.force_login(dominique)
    page = words(
        client.get(f"/beneficiaires/{wallet.beneficiary.public_id}/loisirs/transactions/{ticket.pk}/")
    )

    told = page.partition('class="deeds"')[2].partition("</ul>")[0]
    assert [line.split(" le ")[0] for line in told.split("<li>")[1:]] == [
        "Créé par Camille",
        "Imprimé par Dominique",
        "Annulé par",
    ]
    assert "Annulé par le département le " in told


def test_the_statement_tells_who_made_each(client, parents, wallet):
    camille, dominique = parents
    buy(wallet, camille)
    buy(wallet, dominique)
    client.force_login(camille)
    page = words(client.get(f"/beneficiaires/{wallet.beneficiary.public_id}/loisirs/transactions/"))

    assert page.index("par Dominique") < page.index("par Camille")


def test_the_mail_names_who_acted_and_greets_who_reads(mailoutbox, parents, wallet):
    ticket = buy(wallet, parents[0])
    services.cancel(ticket_id=ticket.pk, actor=parents[1])
    work()

    told = {(message.to[0], message.subject): message.body for message in mailoutbox}
    made = told["dominique@famille.example", "Ticket créé pour Garance"]
    assert "Bonjour Dominique," in made
    assert "vient d’être créé par Camille pour Garance" in made
    cancelled = told["camille@famille.example", "Ticket annulé pour Garance"]
    assert "Bonjour Camille," in cancelled
    assert "a été annulé par Dominique le" in cancelled


def test_a_box_that_two_share_greets_both(mailoutbox, wallet, parents):
    for parent in parents:
        parent.email = "maison@famille.example"
        parent.save(update_fields=["email"])
    buy(wallet, parents[0])
    work()

    [message] = mailoutbox
    assert "Bonjour Camille et Dominique," in message.body


def test_an_erased_account_has_no_name(parents, wallet, client):
    buy(wallet, parents[0])
    parents[0].first_name = ""
    parents[0].save(update_fields=["first_name"])
    client.force_login(parents[1])

    page = words(client.get(f"/beneficiaires/{wallet.beneficiary.public_id}/loisirs/transactions/"))
    assert "par un compte fermé" in page
