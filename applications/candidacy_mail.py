"""What becomes of a candidacy is told to who sent it."""

from typing import Any

from core import mail
from partners.models import Partner

from . import countersigning
from .models import Application


def affiliated(application: Application, partner: Partner) -> None:
    tell("accepted", application, counter_url=mail.link("tickets:counter", partner.pk))


def tell(told: str, application: Application, **words: Any) -> None:
    """`told` is what became of it."""
    reader = application.sent_by.merged_into or application.sent_by
    candidacy = application.candidacy
    mail.send(
        "mail/candidacy",
        reader.email,
        account_ids=[reader.pk],
        reader=reader.first_name,
        told=told,
        name=candidacy.name,
        to_sign=not countersigning.may_be_accepted(application.pk),
        url=mail.link("applications:candidacy", candidacy.pk),
        **words,
    )
