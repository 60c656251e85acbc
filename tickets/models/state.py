"""The states of a ticket's life."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    UNUSED = "unused", "Non utilisé"
    USED = "used", "Utilisé"
    # Families read « Utilisé » throughout.
    IN_PAYMENT = "in_batch", "En paiement"
    PAID = "paid", "Payé"
    CANCELLED = "cancelled", "Annulé"
    EXPIRED = "expired", "Expiré"


# Neither used nor cancelled. Which of the two it is, its campaign's last day says: « Expiré » is written at
# night, and read by the date, so that a last day which is put off revives it at once.
OPEN_STATES = (State.UNUSED, State.EXPIRED)
# Used, whether or not the organisme was paid for it; only from the first of them can a use be undone.
USED_STATES = (State.USED, State.IN_PAYMENT, State.PAID)
