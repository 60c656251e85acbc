"""The papers of an application, encrypted, until two months after the decision."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core import sealing
from core.papers.formats import PaperFormat

from .application import Application


class PaperState(models.TextChoices):
    """As it came; remade, and only so shown; or refused, which its `fault` says why."""

    RECEIVED = "received", "en cours de lecture"
    READABLE = "readable", "lisible"
    REFUSED = "refused", "illisible"
    DELETED = "deleted", "supprimé"


KEPT_STATES = (PaperState.RECEIVED, PaperState.READABLE)


class PaperQuerySet(models.QuerySet["Paper"]):
    def delete_content(self) -> int:
        """The row stays, and says that there was one."""
        kept = self.filter(state__in=KEPT_STATES)
        return kept.update(state=PaperState.DELETED, sealed=b"")


class Paper(models.Model):
    """One photograph or one PDF. `key` is the form's that it came with, `place` where it was in it."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="papers", verbose_name="demande"
    )
    key = models.UUIDField("clé", editable=False)
    place = models.PositiveSmallIntegerField("place", editable=False)
    state = models.CharField("état", max_length=8, choices=PaperState, default=PaperState.RECEIVED)
    format = models.CharField(
        "nature", max_length=4, blank=True, choices=[(it.value, it.name) for it in PaperFormat]
    )
    sealed = models.BinaryField("contenu chiffré")
    fault = models.CharField("ce qui ne va pas", max_length=300, blank=True)
    sent_at = models.DateTimeField("envoyé le", default=timezone.now, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "papier"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key", "place"], name="applications_paper_sent_once"),
            models.CheckConstraint(
                condition=Q(state__in=PaperState.values), name="applications_paper_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=KEPT_STATES) ^ Q(sealed=b""),
                name="applications_paper_kept_means_sealed",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaperState.READABLE) | ~Q(format=""),
                name="applications_paper_readable_means_of_a_format",
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.REFUSED) ^ Q(fault=""),
                name="applications_paper_refused_means_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}, papier {self.pk}"

    @property
    def content(self) -> bytes:
        """Raises NotSealed."""
        return sealing.unseal_bytes(bytes(self.sealed), purpose=self._purpose)

    def seal(self, content: bytes) -> bytes:
        """As `sealed` keeps it: it opens in the place of no other paper."""
        return sealing.seal_bytes(content, purpose=self._purpose)

    @property
    def _purpose(self) -> str:
        return f"paper {self.key} {self.place}"
