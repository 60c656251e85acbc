"""What organismes are told of their payments: to each manager."""

from typing import Any

from core import mail
from partners.mail import managers

from .models import Payment


def tell_paid(payment: Payment) -> None:
    """Nothing of one that came to nothing: no bank shows it."""
    if payment.amount:
        _write("mail/payment_paid", payment)


def tell_rejected(payment: Payment, reason: str) -> None:
    _write("mail/payment_rejected", payment, reason=reason)


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
