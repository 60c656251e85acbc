"""What agents tell who asks, from a list that they edit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .application import ApplicationKind, ApplicationState


class ReasonUse(models.TextChoices):
    INCOMPLETE = ApplicationState.INCOMPLETE.value, "pour demander un autre papier"
    REFUSED = ApplicationState.REFUSED.value, "pour refuser"


class Reason(models.Model):
    """A sentence that who asks reads. What was told stays with the application, however this changes."""

    kind = models.CharField(
        "objet", max_length=11, choices=ApplicationKind, default=ApplicationKind.SCHOLARSHIP
    )
    use = models.CharField("usage", max_length=10, choices=ReasonUse)
    text = models.CharField("phrase", max_length=300, help_text="Qui demande la lit telle quelle.")

    class Meta:
        verbose_name = "motif"
        ordering = ["use", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "use", "text"], name="applications_reason_once"),
            models.CheckConstraint(
                condition=Q(use__in=ReasonUse.values), name="applications_reason_use_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ApplicationKind.values), name="applications_reason_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind=ApplicationKind.SHEET, use=ReasonUse.INCOMPLETE),
                name="applications_reason_sheet_is_complete",
                violation_error_message="Un changement de fiche n’a pas de papier à demander.",
            ),
        ]

    def __str__(self) -> str:
        return self.text
