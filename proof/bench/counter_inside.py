"""What rows 15 and 16 prepare, in a process that has Django."""

import json
import pickle
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from django.db import connection

from accounts.models import User
from accounts.tests.factories import PASSWORD, make_user
from partners.models import Offer
from partners.tests.factories import make_offer, make_partner
from partners.tests.members import make_member
from proof.servers.browser import Target
from tickets import services
from tickets.models import Ticket
from wallets import services as wallets
from wallets.models import Kind, Wallet

from . import capture as seen
from .floor import NUMBER, Fresh

# Of one child, as many as it may have in some years.
AT_ONCE = 50


def main(act: str, *arguments: str) -> Any:
    acts: dict[str, Callable[..., Any]] = {"uses": uses, "lists": lists, "capture": capture}
    return acts[act](*arguments)


def uses(counters: str, tickets: str) -> dict[str, Any]:
    """So many organismes with a member each, and tickets on paper that any of them may use."""
    offers = [_offer("GUICHET") for _ in range(int(counters))]
    numbers = [ticket.pk for ticket in _make(int(tickets), offer=None)]
    codes = Ticket.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", "code")
    return _told(offers) | {"tickets": list(codes)}


def lists(*sizes: str) -> dict[str, Any]:
    """An organisme for which so many tickets wait, for each size; the same child has the first of both."""
    offers = [_offer("LISTE") for _ in sizes]
    for offer, size in zip(offers, sizes, strict=True):
        list(_make(int(size), offer=offer))
    with connection.cursor() as cursor:
        # As the server does by itself, of what does not come in one go.
        cursor.execute("ANALYZE tickets_ticket")
    child = Ticket.objects.filter(offer=offers[0]).earliest("pk").wallet.beneficiary
    return _told(offers) | {"name": child.last_name.split()[0].lower()}


def capture(asked: str, into: str) -> int:
    """What Pass+ does for a use at each counter, of which two targets come, one after those of all others;
    return how many statements one takes.
    """
    targets = [Target(**target) for target in json.loads(Path(asked).read_text())]
    half = len(targets) // 2
    answers = {}
    for warm, target in zip(targets[:half], targets[half:], strict=True):
        fields = parse_qs(target.body)
        own = {int(fields[NUMBER][0]): Fresh.TICKET, fields["code"][0]: Fresh.TICKET_CODE}
        answers[target.method, target.path] = seen.answer(target, warm, own)
    Path(into).write_bytes(pickle.dumps(answers))
    [number] = {len(answer.statements) for answer in answers.values()}
    return number


def _offer(name: str) -> Offer:
    return make_offer("Cirque", Kind.SPORT, partner=make_partner(f"{name} {uuid.uuid4().hex[:6]}"))


def _told(offers: list[Offer]) -> dict[str, Any]:
    members = [make_member(offer.partner, user=make_user(f"membre.{offer.pk}")) for offer in offers]
    pairs = zip(offers, members, strict=True)
    counters = [
        {"username": member.user.username, "partner": offer.partner_id, "offer": offer.pk}
        for offer, member in pairs
    ]
    return {"password": PASSWORD, "counters": counters}


def _make(number: int, *, offer: Offer | None) -> Iterator[Ticket]:
    """Of one euro each, of many children who have the credit for them."""
    agent = User.objects.get(username="agent.test")
    purses = Wallet.objects.filter(kind=Kind.SPORT).order_by("-campaign__opens_on", "pk")
    for wallet in purses[: -(-number // AT_ONCE)]:
        quantity = min(AT_ONCE, number)
        number -= quantity
        asked: dict[str, Any] = {"wallet_id": wallet.pk, "actor": agent}
        wallets.correct(amount=Decimal(quantity), key=uuid.uuid4(), **asked)
        order = services.order(
            key=uuid.uuid4(),
            offer_id=offer.pk if offer else None,
            amount=Decimal(1),
            quantity=quantity,
            **asked,
        )
        yield from order.tickets.all()
