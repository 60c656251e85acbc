"""Guardians are told of each ticket that is created, cancelled or used: once, and only when it is true."""

import uuid
from decimal import Decimal

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer
from tickets import services
from tickets.tests.factories import make_ticket, make_tickets
from wallets.models import LateCancellation
from wallets.tests.factories import days, make_campaign, make_wallet

pytestmark = pytest.mark.django_db


def test_created(told, mailoutbox, wallet):
    with told():
        ticket = make_ticket("12.50", wallet=wallet, offer=make_offer("Chant choral"))

    [message] = mailoutbox
    assert message.to == ["camille@famille.example"]
    assert message.subject == "Ticket créé pour Garance"
    for said in ("12,50\xa0€", "Chant choral", ticket.offer.partner.name, str(ticket.number), "47,50\xa0€"):
        assert said in message.body
    assert (
        f"/beneficiaires/{wallet.beneficiary.public_id}/loisirs/transactions/{ticket.number}/" in message.body
    )

    # family.md 19: to where the ticket is used.
    assert f"/partenaires/{ticket.offer.partner_id}/" in message.body


def test_one_message_for_a_series(told, mailoutbox, wallet):
    with told():
        tickets = make_tickets(6, wallet=wallet)

    [message] = mailoutbox
    assert message.subject == "6 tickets créés pour Garance"
    assert "60,00\xa0€ en tout" in message.body
    assert ", ".join(str(ticket.number) for ticket in tickets) in message.body


def test_sent_twice_the_same_order_is_told_once(told, mailoutbox, wallet):
    asked = {"key": uuid.uuid4(), "wallet_id": wallet.pk, "offer_id": None, "amount": Decimal(10)}
    actor = make_user()
    with told():
        for _ in range(2):
            services.order(**asked, actor=actor)

    assert len(mailoutbox) == 1


def test_cancelled(told, mailoutbox, wallet):
    ticket = make_ticket(wallet=wallet)
    with told():
        services.cancel(ticket_id=ticket.pk, actor=make_user())

    [message] = mailoutbox
    assert message.subject == "Ticket annulé pour Garance"
    assert "revenus dans le porte-monnaie Culture, où il y a maintenant 60,00\xa0€" in message.body


def test_cancelled_too_late_its_money_is_lost(told, mailoutbox):
    campaign = make_campaign(late_cancellation=LateCancellation.FORFEITS)
    ticket = make_ticket(
        wallet=make_wallet(campaign=campaign, beneficiary=make_beneficiary(make_user("camille")))
    )
    campaign.last_ticket_on = campaign.last_cancellation_on = days(-1)
    campaign.save()
    with told():
        services.cancel(ticket_id=ticket.pk, actor=make_user(), accept_loss=True)

    assert "sont perdus" in mailoutbox[0].body


def test_used(told, mailoutbox, wallet):
    ticket, offer = make_ticket(wallet=wallet), make_offer("Chant choral")
    with told():
        services.use(ticket_id=ticket.pk, actor=make_user(), offer_id=offer.pk)

    [message] = mailoutbox
    assert message.subject == "Ticket utilisé pour Garance"
    assert f"{offer.partner.name}, Chant choral" in message.body


def test_each_guardian_has_a_message_and_each_box_one(told, mailoutbox):
    guardians = [
        make_user("camille"),
        make_user("dominique"),
        make_user("meme.boite", email="Camille@famille.example"),
        make_user("sans.adresse", email=""),
        make_user("partie", is_active=False),
        make_user("agent", is_staff=True),
    ]
    child = make_beneficiary(*guardians, user=make_user("garance", mail_on_created=False))
    make_beneficiary(make_user("voisine"))
    with told():
        make_ticket(wallet=make_wallet(beneficiary=child))

    assert all(len(message.to) == 1 for message in mailoutbox)
    assert sorted(message.to[0].lower() for message in mailoutbox) == [
        "camille@famille.example",
        "dominique@famille.example",
    ]
