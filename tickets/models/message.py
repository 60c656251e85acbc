"""E-mails to guardians about tickets and money left."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from wallets.models import Campaign

from .ticket import Ticket


class Happened(models.TextChoices):
    """The subject of a notice."""

    CREATED = "created", "créé"
    CANCELLED = "cancelled", "annulé"
    USED = "used", "utilisé"
    USE_UNDONE = "undone", "rendu par l’organisme"
    USE_CONFIRMED = "confirmed", "utilisation confirmée"
    USE_TAKEN_BACK = "taken", "utilisation reprise à l’organisme"


class Notice(models.Model):
    """A message still to be sent to guardians. `tickets.notices` writes it, and removes it once sent."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", verbose_name="ticket")
    happened = models.CharField("événement", max_length=9, choices=Happened)

    class Meta:
        verbose_name = "avis à écrire"
        verbose_name_plural = "avis à écrire"
        constraints = [
            models.CheckConstraint(
                condition=Q(happened__in=Happened.values), name="tickets_notice_happened_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket} {self.get_happened_display()}"


class Reminder(models.Model):
    """A reminder sent to a guardian, `days` before the last day on which money may become tickets.

    The day is kept, not only its campaign: staff may put it off, and then families are told anew.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="responsable légal"
    )
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+", verbose_name="campagne")
    last_ticket_on = models.DateField("dernier jour annoncé")
    days = models.PositiveSmallIntegerField("jours avant")
    created_at = models.DateTimeField("date", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "rappel"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "campaign", "last_ticket_on", "days"], name="tickets_reminder_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.days}\N{NO-BREAK SPACE}j avant le {self.last_ticket_on:%d/%m/%Y}"
