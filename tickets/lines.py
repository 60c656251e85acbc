"""A child's tickets as the lines of a list show them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from accounts.models.user import told_to_families
from wallets.models import Wallet
from wallets.reading import wallets_by_id

from .models import Ticket, TicketQuerySet
from .models.standing import TicketStanding

# To make six rows of models of each line took a quarter of the page.
COLUMNS = (
    *("number", "amount", "state", "created_at", "wallet"),
    *("offer__partner__name", "order__actor__first_name", "order__actor__is_staff"),
)


@dataclass(frozen=True)
class TicketLine(TicketStanding):
    """`partner_name` is empty on paper. `amount` is in euros."""

    number: int
    amount: Decimal
    state: str
    created_at: dt.datetime
    wallet: Wallet
    partner_name: str
    made_by: str


def columns(tickets: TicketQuerySet) -> QuerySet[Ticket, Any]:
    """The rows that `lines` are made of."""
    return tickets.values_list(*COLUMNS)


def lines(rows: Iterable[Any], known: Mapping[int, Wallet]) -> list[TicketLine]:
    """A child has a few wallets, and many tickets of each: those that are not known take one query."""
    rows = list(rows)
    missing = {wallet_id for _, _, _, _, wallet_id, *_ in rows} - known.keys()
    wallets = {**known, **{wallet.pk: wallet for wallet in wallets_by_id(list(missing)) if missing}}
    return [
        TicketLine(
            number,
            amount,
            state,
            created_at,
            wallets[wallet_id],
            partner_name or "",
            told_to_families(actor_name, is_staff=actor_is_staff),
        )
        for number, amount, state, created_at, wallet_id, partner_name, actor_name, actor_is_staff in rows
    ]
