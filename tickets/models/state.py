"""The states of a ticket's life."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    UNUSED = "unused", "Non utilisé"
    USED = "used", "Utilisé"
    CANCELLED = "cancelled", "Annulé"
    EXPIRED = "expired", "Expiré"


# Neither used nor cancelled. Which of the two it is, its campaign's last day says: « Expiré » is written at
# night, and read by the date, so that a last day which is put off revives it at once.
OPEN_STATES = (State.UNUSED, State.EXPIRED)
