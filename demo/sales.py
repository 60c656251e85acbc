"""The tickets of the large demonstration, from the opening to now, numbered in the order of their dates."""

import datetime as dt
import uuid
import zlib
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from django.db.models import F, Min
from django.utils import timezone

from accounts.models import User
from core.money_fields import in_cents
from partners.models import Offer
from tickets.models import Order, State, Ticket, Use, Way
from wallets.models import Campaign, Entry, Kind, Nature, Wallet

from .population import PUPILS, opening


class NotEnoughCredit(Exception):
    """The wallets cannot pay for that many tickets."""


@dataclass(slots=True)
class _Purse:
    """A wallet's state while its tickets are drawn at random."""

    kind: str
    wallet_id: int
    balance: Decimal
    town: str
    parent_id: int


class Sales:
    def __init__(self, campaign: Campaign, rng: Random, missing: int) -> None:
        self.campaign = campaign
        self.now = timezone.now()
        self.agent = User.objects.get(username="agent.test")
        start = opening(campaign)
        days = [start + dt.timedelta(days=n) for n in range((self.now - start).days + 1)]
        drawn = rng.choices(days, [_rush(day) for day in days], k=missing)
        self.moments = sorted(
            (min(self.now, day + dt.timedelta(hours=rng.uniform(7, 22))) for day in drawn), reverse=True
        )
        self.purses: defaultdict[str, list[_Purse]] = defaultdict(list)
        wallets = (
            Wallet.objects.filter(campaign=self.campaign, beneficiary__pupil_number__startswith=PUPILS)
            .annotate(parent=Min("beneficiary__guardianships__user"))
            .order_by("pk")
        )
        fields = ("beneficiary__pupil_number", "kind", "pk", "balance", "beneficiary__insee_code", "parent")
        for pupil_number, *values in wallets.values_list(*fields):
            # 65 children in a hundred have tickets, the same ones at each run.
            if zlib.crc32(pupil_number.encode()) % 100 < 65:
                purse = _Purse(*values)
                self.purses[purse.kind].append(purse)
        self.offers: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        offers = Offer.objects.affiliated_on(timezone.localdate()).order_by("pk")
        for pk, kind, town in offers.values_list("pk", "kind", "partner__commune"):
            self.offers[kind, town].append(pk)
            self.offers[kind, ""].append(pk)

    def add(self, rng: Random, ranks: range) -> None:
        tickets: list[Ticket] = []
        while missing := len(ranks) - len(tickets):
            tickets += self.order(rng, self.draw_purse(rng), missing)
        _write(tickets)

    def draw_purse(self, rng: Random) -> _Purse:
        """Sport pays for 78 tickets in a hundred, as in life."""
        for kind in Kind if rng.random() < 0.78 else reversed(Kind):
            purses = self.purses[kind]
            while purses:
                index = rng.randrange(len(purses))
                if purses[index].balance >= self.campaign.series_amount:
                    return purses[index]
                purses[index] = purses[-1]
                purses.pop()
        raise NotEnoughCredit

    def draw_offer(self, rng: Random, purse: _Purse) -> int:
        """Rather in the child's town."""
        nearby = self.offers[purse.kind, purse.town] if rng.random() < 0.7 else []
        return rng.choice(nearby or self.offers[purse.kind, ""])

    def order(self, rng: Random, purse: _Purse, at_most: int) -> list[Ticket]:
        """The tickets of one form: on paper for four in ten, and most of them of 10 €."""
        series = self.campaign.series_amount
        amount = series * rng.choices([1, 2, Decimal("0.5"), Decimal("1.5")], [70, 10, 10, 10])[0]
        amount = amount if amount <= purse.balance else series
        quantity = min(rng.choices([1, 2, 3, 4], [50, 30, 10, 10])[0], at_most, int(purse.balance // amount))
        purse.balance -= amount * quantity
        order = Order(
            key=uuid.uuid4(),
            wallet_id=purse.wallet_id,
            offer_id=self.draw_offer(rng, purse) if rng.random() < 0.6 else None,
            amount=amount,
            quantity=quantity,
            actor_id=purse.parent_id,
            created_at=[self.moments.pop() for _ in range(quantity)][-1],
        )
        return [self.ticket(rng, purse, order) for _ in range(quantity)]

    def ticket(self, rng: Random, purse: _Purse, order: Order) -> Ticket:
        shared = {name: getattr(order, name) for name in ("wallet_id", "offer_id", "amount", "created_at")}
        ticket = Ticket(order=order, **shared)
        ticket.state = rng.choices([State.UNUSED, State.USED, State.CANCELLED], [45, 45, 10])[0]
        since = (self.now - order.created_at) * rng.random()
        if ticket.state == State.USED:
            ticket.used_at, ticket.used_by = order.created_at + since, self.agent
            ticket.offer_id = ticket.offer_id or self.draw_offer(rng, purse)
        elif ticket.state == State.CANCELLED:
            # Within the hour: the ledger keeps to the order of its dates, or nearly.
            ticket.cancelled_at = order.created_at + min(since, dt.timedelta(hours=rng.random()))
            ticket.cancelled_by_id = order.actor_id
        return ticket


def _rush(day: dt.datetime) -> float:
    """How many tickets that day brings, 1 being a day of winter: clubs enrol in September."""
    if day.month == 9:
        return 8 if day.day <= 10 else 4
    return {6: 1.5, 7: 0.4, 10: 2}.get(day.month, 1)


def _write(tickets: list[Ticket]) -> None:
    """Orders, entries, tickets, what the cancelled ones give back, and the balances that follow."""
    Order.objects.bulk_create({ticket.order_id: ticket.order for ticket in tickets}.values())
    entries = [
        _entry(ticket, -ticket.amount, "Ticket affecté" if ticket.order.offer_id else "Ticket papier")
        for ticket in tickets
    ]
    for ticket, entry in zip(tickets, Entry.objects.bulk_create(entries), strict=True):
        ticket.entry = entry
    Ticket.objects.bulk_create(tickets)
    Use.objects.bulk_create(_use(ticket) for ticket in tickets if ticket.state == State.USED)
    cancelled = [ticket for ticket in tickets if ticket.state == State.CANCELLED]
    Entry.objects.bulk_create(
        _entry(ticket, ticket.amount, "Ticket annulé", ticket.entry) for ticket in cancelled
    )
    spent: defaultdict[int, Decimal] = defaultdict(Decimal)
    for ticket in tickets:
        if ticket.state != State.CANCELLED:
            spent[ticket.wallet_id] += ticket.amount
    for amount in set(spent.values()):
        ids = [wallet_id for wallet_id, total in spent.items() if total == amount]
        # Had a family spent it meanwhile, the balance's constraint would refuse the batch.
        Wallet.objects.filter(pk__in=ids).update(balance=in_cents(F("balance") - amount))


def _use(ticket: Ticket) -> Use:
    fields: Any = {
        "offer_id": ticket.offer_id,
        "actor_id": ticket.used_by_id,
        "used_at": ticket.used_at,
    }
    return Use(ticket=ticket, way=Way.AGENT, **fields)


def _entry(ticket: Ticket, amount: Decimal, label: str, reverses: Entry | None = None) -> Entry:
    return Entry(
        wallet_id=ticket.wallet_id,
        amount=amount,
        nature=Nature.RETURN if reverses else Nature.SPENDING,
        label=label,
        reverses=reverses,
        actor_id=ticket.order.actor_id,
        created_at=(reverses and ticket.cancelled_at) or ticket.created_at,
    )
