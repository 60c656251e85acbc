"""The families that the bench plays, made by the services as families and agents would make them."""

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.demonstration import PASSWORD
from accounts.models import Beneficiary, User
from demo.population import PUPILS
from partners.models import Offer
from tickets import services
from tickets.models import State, Ticket
from wallets import services as wallets
from wallets.models import Kind, Wallet

from .scale import TICKETS_OF_A_READER

# Who buys can pay for all the tickets of a run.
CREDIT_OF_A_BUYER = Decimal(100_000)


def main(readers: str, buyers: str, logins: str) -> dict[str, Any]:
    children = _children(int(readers) + int(buyers))
    return {
        "password": PASSWORD,
        "readers": [_reader(next(children)) for _ in range(int(readers))],
        "buyers": [_buyer(next(children)) for _ in range(int(buyers))],
        "logins": _logins(int(logins)),
    }


def _children(count: int) -> Iterator[Beneficiary]:
    """Children who have no ticket yet, from all over the table."""
    theirs = Ticket.objects.filter(wallet__beneficiary=OuterRef("pk"))
    children = Beneficiary.objects.filter(~Exists(theirs), pupil_number__startswith=PUPILS)
    known = sorted(children.values_list("pk", flat=True))
    chosen = known[:: max(1, len(known) // count)]
    return (Beneficiary.objects.get(pk=pk) for pk in chosen)


def _reader(child: Beneficiary) -> dict[str, Any]:
    """Four orders, two of them on paper; half of the tickets are used."""
    parent, agent = _parent(child), User.objects.get(username="agent.test")
    for wallet in child.wallets.in_order():
        offer = Offer.objects.filter(kind=wallet.kind).order_by("pk")[wallet.pk % 20]
        for offer_id, used in ((offer.pk, 3), (None, 2)):
            order = services.order(
                key=uuid.uuid4(),
                wallet_id=wallet.pk,
                offer_id=offer_id,
                amount=Decimal(1),
                quantity=TICKETS_OF_A_READER // 4,
                actor=parent,
            )
            for ticket in order.tickets.order_by("pk")[:used]:
                services.use(ticket_id=ticket.pk, actor=agent, offer_id=offer.pk)
    unused = Ticket.objects.of(child).filter(state=State.UNUSED)
    return _told(child, parent) | {"tickets": list(unused.values_list("pk", flat=True))}


def _buyer(child: Beneficiary) -> dict[str, Any]:
    parent, agent = _parent(child), User.objects.get(username="agent.test")
    told = _told(child, parent)
    wallets.correct(wallet_id=told["wallet"], amount=CREDIT_OF_A_BUYER, key=uuid.uuid4(), actor=agent)
    return told


def _told(child: Beneficiary, parent: User) -> dict[str, Any]:
    wallet = Wallet.objects.get(beneficiary=child, kind=Kind.SPORT)
    return {"username": parent.username, "child": child.public_id, "wallet": wallet.pk}


def _parent(child: Beneficiary) -> User:
    return child.guardians.order_by("pk")[0]


def _logins(count: int) -> list[str]:
    """Parents other than those of the children above, who were in for a while: they have no device yet."""
    parents = User.objects.filter(username__startswith=f"parent2.{PUPILS}").order_by("-pk")
    return list(parents.values_list("username", flat=True)[:count])
