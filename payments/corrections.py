"""Corrects what is owed to an organisme, by one more line."""

import uuid
from decimal import Decimal

from django.db import IntegrityError, transaction

from accounts.models import User

from .models import Correction


def correct(
    *,
    partner_id: int,
    amount: Decimal,
    reason: str,
    key: uuid.UUID,
    author: User,
    second: User | None = None,
    ticket_id: int | None = None,
) -> Correction:
    """The next batch takes it. Euros, signed: positive, the organisme is paid more. The same key is one.

    Above `Rules.second_agent_above`, its page asks for a second agent.
    """
    if first := Correction.objects.filter(key=key).first():
        return first
    try:
        with transaction.atomic():
            return Correction.objects.create(
                partner_id=partner_id,
                amount=amount,
                reason=reason,
                key=key,
                author=author,
                second=second,
                ticket_id=ticket_id,
            )
    except IntegrityError:
        if first := Correction.objects.filter(key=key).first():
            return first
        raise
