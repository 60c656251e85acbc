"""Orders of tickets, and wallets that they left as they were."""

import uuid
from decimal import Decimal

from accounts.tests.factories import make_user
from tickets import services
from tickets.models import Order, Ticket


def order(wallet, amount="50.00", *, offer=None, quantity=1, key=None, actor=None):
    return services.order(
        key=key or uuid.uuid4(),
        wallet_id=wallet.pk,
        offer_id=offer and offer.pk,
        amount=Decimal(amount),
        quantity=quantity,
        actor=actor or make_user(),
    )


def assert_nothing_happened(wallet, balance="60.00"):
    wallet.refresh_from_db()
    assert wallet.balance == Decimal(balance)
    assert not Ticket.objects.exists()
    assert not Order.objects.exists()
