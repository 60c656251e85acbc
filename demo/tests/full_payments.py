"""Payments of an organisme in each of their states, and what waits for the next one."""

import datetime as dt
import uuid
from collections.abc import Callable
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from partners.models import Partner
from payments import corrections, outcomes
from payments.models import AccountState, Batch, Fate, Payment
from payments.tests.factories import make_account
from payments.tests.paid import make_sent

LONG_REASON = "Le nom du titulaire n’est pas celui que dit la banque, qui a renvoyé la somme au comptable"


def pay(partner: Partner, use_one: Callable[[], None]) -> None:
    """One is paid, with a correction; one is rejected; its tickets are in the next, which is sent."""
    agent = User.objects.get(username="agent.test")
    account = make_account(partner)
    corrections.correct(
        partner_id=partner.pk,
        amount=Decimal("-0.50"),
        reason="Séance annulée par l’organisme après l’utilisation du ticket",
        key=uuid.uuid4(),
        author=agent,
    )
    use_one()
    _tell(make_sent(actor=agent), agent, Fate.PAID)
    use_one()
    _tell(make_sent(actor=agent), agent, Fate.REJECTED, LONG_REASON)
    account.state, account.active_from = AccountState.CONFIRMED, dt.date(2020, 9, 8)
    account.called_by, account.called_at = agent, timezone.now()
    account.confirmed_by, account.confirmed_at = User.objects.get(username="agent2.test"), timezone.now()
    account.save()
    make_sent(actor=agent)
    use_one()


def pay_what_is_due(name: str) -> None:
    """To the organisme of that name, and to whoever else can be paid."""
    partner, agent = Partner.objects.get(name=name), User.objects.get(username="agent.test")
    if not partner.bank_accounts.exists():
        make_account(partner)
    _tell(make_sent(actor=agent), agent, Fate.PAID)


def _tell(batch: Batch, agent: User, fate: Fate, reason: str = "") -> None:
    for payment in Payment.objects.filter(batch=batch):
        outcomes.tell(
            payment_id=payment.pk,
            fate=fate,
            on=timezone.localdate(),
            reason=reason,
            actor=agent,
            mandat="2026-004512",
            bordereau="312",
        )
