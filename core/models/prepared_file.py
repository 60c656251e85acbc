"""Files that somebody asked for, and that a worker writes."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

# A file is there to be taken, not to stay.
KEPT_FOR = dt.timedelta(days=1)


class Stage(models.TextChoices):
    WAITING = "waiting", "en attente"
    WRITING = "writing", "en préparation"
    READY = "ready", "prêt"
    REFUSED = "refused", "abandonné"


class PreparedFile(models.Model):
    """A file that somebody asked for: `manage.py run_tasks` writes it, its owner alone takes it, for a day.

    Its content is in the database, piece by piece: the worker may be on another machine than the page, and
    neither holds all of it in memory.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="demandé par"
    )
    name = models.CharField("fichier", max_length=120)
    about = models.CharField("contenu", max_length=300, blank=True)
    # What its task is to put into it. Not among what the queue keeps: a search may be somebody's name.
    asked = models.JSONField("demande", default=dict)
    content_type = models.CharField("format", max_length=100)
    stage = models.CharField("étape", max_length=7, choices=Stage, default=Stage.WAITING)
    rows_done = models.PositiveIntegerField("lignes écrites", default=0)
    rows = models.PositiveIntegerField("lignes", default=0)
    # Of whoever writes it: what a worker that was taken for dead still writes is nobody's.
    attempt = models.PositiveSmallIntegerField("essai", default=0)
    trouble = models.CharField("ce qui l’a arrêté", max_length=200, blank=True)
    created_at = models.DateTimeField("demandé le", default=timezone.now)
    # When its worker last said that it is there.
    seen_at = models.DateTimeField("vu le", default=timezone.now)

    class Meta:
        verbose_name = "fichier préparé"
        verbose_name_plural = "fichiers préparés"
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="core_preparedfile_stage_is_known"
            ),
            models.CheckConstraint(
                condition=Q(rows_done__lte=F("rows")), name="core_preparedfile_rows_done_of_rows"
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.REFUSED) ^ Q(trouble=""), name="core_preparedfile_refused_says_why"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="core_preparedfile_age")]

    def __str__(self) -> str:
        return self.name

    @property
    def unit(self) -> str:
        """What one of its rows is."""
        unit: str = self.asked.get("unit", "ligne")
        return unit

    @property
    def is_unfinished(self) -> bool:
        return self.stage in {Stage.WAITING, Stage.WRITING}

    @property
    def is_forgotten(self) -> bool:
        """Whether its worker should have said something by now."""
        return self.is_unfinished and self.seen_at < timezone.now() - dt.timedelta(minutes=5)

    @property
    def is_ready(self) -> bool:
        return self.stage == Stage.READY and timezone.now() < self.kept_until

    @property
    def kept_until(self) -> dt.datetime:
        return self.created_at + KEPT_FOR


class Piece(models.Model):
    """Some of the bytes of a file, in their order, as one attempt wrote them."""

    file = models.ForeignKey(PreparedFile, models.CASCADE, related_name="pieces", verbose_name="fichier")
    attempt = models.PositiveSmallIntegerField("essai")
    number = models.PositiveIntegerField("rang")
    content = models.BinaryField("octets")

    class Meta:
        verbose_name = "morceau de fichier"
        verbose_name_plural = "morceaux de fichiers"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["file", "attempt", "number"], name="core_piece_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
