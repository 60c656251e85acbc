"""What becomes of the sheet that an organisme asked for."""

from typing import Any

from core import mail
from partners.mail import managers

from .models import Application


def tell(told: str, application: Application, **words: Any) -> None:
    """`told` is what became of it. That it was sent is told to every manager: one may not know of it."""
    partner, sender = application.partner, application.sent_by.merged_into or application.sent_by
    if partner is None:
        return
    for reader in managers(partner) if told == "sent" else [sender]:
        mail.send(
            "mail/new_sheet",
            reader.email,
            account_ids=[reader.pk],
            reader=reader.first_name,
            told=told,
            sender=str(sender),
            name=partner.name,
            url=mail.link("applications:organisme_sheet", partner.pk),
            **words,
        )
