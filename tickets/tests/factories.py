"""Orders and tickets for tests."""

import uuid
from decimal import Decimal

from accounts.models import User
from accounts.tests.factories import make_user
from partners.models import Offer
from tickets import services
from tickets.models import Ticket
from wallets.models import Wallet
from wallets.tests.factories import make_wallet


def make_tickets(
    quantity: int,
    amount: str = "10.00",
    *,
    wallet: Wallet | None = None,
    offer: Offer | None = None,
    actor: User | None = None,
) -> list[Ticket]:
    """Tickets of one order: on paper, or for `offer`."""
    order = services.order(
        key=uuid.uuid4(),
        wallet_id=(wallet or make_wallet()).pk,
        offer_id=offer.pk if offer else None,
        amount=Decimal(amount),
        quantity=quantity,
        actor=actor or make_user(),
    )
    return list(order.tickets.order_by("number"))


def make_ticket(
    amount: str = "10.00",
    *,
    wallet: Wallet | None = None,
    offer: Offer | None = None,
    actor: User | None = None,
) -> Ticket:
    [ticket] = make_tickets(1, amount, wallet=wallet, offer=offer, actor=actor)
    return ticket
