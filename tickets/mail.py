"""What organismes are told of their tickets: to each manager."""

from core import mail
from partners.mail import managers

from .models import Use


def tell_dispute_founded(use: Use) -> None:
    """A family was right before any payment held the ticket: its use is undone."""
    # Who acts for the one into which it was merged since.
    partner = use.offer.partner.merged_into or use.offer.partner
    for manager in managers(partner):
        mail.send(
            "mail/ticket_dispute_founded",
            manager.email,
            account_ids=[manager.pk],
            reader=manager.first_name,
            partner=partner.name,
            use=use,
            url=mail.link("tickets:history", partner.pk),
        )
