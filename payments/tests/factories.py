"""Accounts, uses and batches for tests."""

import datetime as dt
import uuid
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from partners.models import Offer, Partner
from partners.tests.factories import make_offer
from payments import iban_keys, preparing
from payments.models import AccountState, BankAccount, Batch
from tickets import services
from tickets.models import Ticket, Use
from tickets.tests.factories import make_ticket
from wallets.models import Kind, Wallet
from wallets.tests.factories import make_wallet

from .ibans import french_iban

_numbers = count(1)


def make_account(partner: Partner, **fields: Any) -> BankAccount:
    """Checked, confirmed, and in force for a year."""
    iban = french_iban(next(_numbers))
    now = dt.datetime(2020, 9, 1, 10, tzinfo=dt.UTC)
    fields = {
        # As long as a bank writes it.
        "holder": partner.name[:70],
        "sealed_iban": iban_keys.seal(iban),
        "digest": iban_keys.digest(iban),
        "country": "FR",
        "last4": iban[-4:],
        "state": AccountState.CONFIRMED,
        "asked_by": make_user(),
        "called_at": now,
        "called_by": make_user(),
        "confirmed_at": now,
        "confirmed_by": make_user(),
        "active_from": dt.date(2020, 9, 8),
    } | fields
    return BankAccount.objects.create(partner=partner, **fields)


def make_use(
    amount: str = "10.00",
    *,
    offer: Offer | None = None,
    at: dt.datetime | None = None,
    wallet: Wallet | None = None,
    kind: Kind = Kind.CULTURE,
) -> Use:
    """A ticket used, now or at that moment, at an organisme with an account unless `offer` is given."""
    if offer is None:
        offer = make_offer(kind=kind)
        make_account(offer.partner)
    ticket = make_ticket(amount, offer=offer, wallet=wallet or make_wallet(kind=Kind(offer.kind)))
    use = services.use(ticket_id=ticket.pk, actor=make_user())
    if at is not None:
        Ticket.objects.filter(pk=ticket.pk).update(used_at=at)
        Use.objects.filter(pk=use.pk).update(used_at=at)
        use.refresh_from_db()
    return use


def make_batch(cut_off: dt.date | None = None, *, actor: User | None = None) -> Batch:
    """Prepared, as the worker does it."""
    batch = preparing.ask(
        cut_off=cut_off or timezone.localdate(), key=uuid.uuid4(), actor=actor or make_user()
    )
    preparing.prepare.call(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch
