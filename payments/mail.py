"""What organismes are told of their payments: to each manager."""

from typing import Any

from core import mail
from partners.mail import managers

from .models import Correction, Payment


def tell_paid(payment: Payment) -> None:
    """Nothing of one that came to nothing: no bank shows it."""
    if payment.amount:
        _write("mail/payment_paid", payment)


def tell_rejected(payment: Payment, reason: str) -> None:
    _write("mail/payment_rejected", payment, reason=reason)


def tell_taken_back(correction: Correction) -> None:
    """A family was right of a ticket that is in a payment, or paid."""
    for manager in managers(correction.partner):
        mail.send(
            "mail/ticket_taken_back",
            manager.email,
            account_ids=[manager.pk],
            reader=manager.first_name,
            partner=correction.partner.name,
            ticket=correction.ticket,
            url=mail.link("payments:payments", correction.partner_id),
        )


def _write(template: str, payment: Payment, **words: Any) -> None:
    # Who acts for the one into which it was merged since.
    partner = payment.partner.merged_into or payment.partner
    for manager in managers(partner):
        mail.send(
            template,
            manager.email,
            account_ids=[manager.pk],
            reader=manager.first_name,
            partner=partner.name,
            payment=payment,
            url=mail.link("payments:payment", partner.pk, payment.pk),
            **words,
        )
