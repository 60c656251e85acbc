"""Tickets are counted once, and only if it happened."""

import uuid
from decimal import Decimal

import pytest
from django.db import transaction

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer
from tickets import services
from tickets.models import Ticket
from wallets.tests.factories import make_wallet

from .ordering import order


def test_a_ticket_from_beginning_to_end(parent, wallet, counted, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        order(wallet, parent, quantity=3)
        first, second, _ = Ticket.objects.order_by("number")
        services.cancel(ticket_id=first.pk, actor=parent)
        services.use(ticket_id=second.pk, actor=parent, offer_id=make_offer(kind=wallet.kind).pk)

        assert counted("passplus_tickets_total", "created") == 0  # not before it is sure
    assert counted("passplus_tickets_total", "created") == 3
    assert counted("passplus_tickets_total", "cancelled") == 1
    assert counted("passplus_tickets_total", "used") == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_did_not_happen(counted):
    parent = make_user("camille")
    wallet = make_wallet("60", beneficiary=make_beneficiary(parent))
    with transaction.atomic():
        order(wallet, parent)
        transaction.set_rollback(True)
    assert counted("passplus_tickets_total", "created") == 0

    order(wallet, parent)
    assert counted("passplus_tickets_total", "created") == 1


def test_sent_twice_counts_once(parent, wallet, counted, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        key = uuid.uuid4()
        for _ in range(2):
            services.order(
                key=key, wallet_id=wallet.pk, offer_id=None, amount=Decimal(10), actor=parent, quantity=1
            )

    assert counted("passplus_tickets_total", "created") == 1
