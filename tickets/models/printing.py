"""Printings of tickets."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from .ticket import Ticket


class Printing(models.Model):
    """One printing of one ticket."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="printings", verbose_name="ticket")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="imprimé par"
    )
    created_at = models.DateTimeField("date", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "impression"

    def __str__(self) -> str:
        return f"{self.ticket} imprimé"
