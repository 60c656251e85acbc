"""The files of batches, as they were when they were made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.append_only import AppendOnlyModel, AppendOnlyQuerySet
from payments import file_seals

from .batch import Batch
from .payment import Payment


class FileKind(models.TextChoices):
    CANONICAL = "canonique", "CSV canonique"
    COLUMNS = "colonnes", "Fichier du logiciel de finances"
    TRANSFERS = "pain", "Virements SEPA (pain.001)"
    STATEMENT = "etat", "État récapitulatif valant mémoire"
    STATEMENTS = "etats", "États récapitulatifs (ZIP)"


WITH_IBANS = (FileKind.CANONICAL, FileKind.COLUMNS, FileKind.TRANSFERS)


class BatchFileQuerySet(AppendOnlyQuerySet["BatchFile"]):
    def reseal(self, file: BatchFile) -> int:
        """With the newest key. The only change there is. Raises NotSealed."""
        sealed = file_seals.seal(file.content, file.sha256)
        return super(AppendOnlyQuerySet, self.filter(pk=file.pk)).update(sealed=sealed)


class BatchFile(AppendOnlyModel):
    """The same bytes for ever, kept encrypted; `size` and `sha256` (hexadecimal) are those of the bytes
    themselves. Statements are of one payment each.

    Of their archive, `content` is the manifest alone: `payments.files.pieces` gives the bytes of any file.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="files", verbose_name="lot")
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, related_name="files", verbose_name="paiement"
    )
    kind = models.CharField("nature", max_length=9, choices=FileKind)
    name = models.CharField("nom", max_length=120)
    sealed = models.BinaryField("contenu chiffré")
    size = models.PositiveIntegerField("octets")
    sha256 = models.CharField("SHA-256", max_length=64)
    created_at = models.DateTimeField("fait le", default=timezone.now, editable=False)

    objects = BatchFileQuerySet.as_manager()

    class Meta:
        verbose_name = "fichier"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "kind"], condition=Q(payment=None), name="payments_file_once_a_batch"
            ),
            models.UniqueConstraint(
                fields=["payment", "kind"],
                condition=Q(payment__isnull=False),
                name="payments_file_once_a_payment",
            ),
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="payments_file_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=FileKind.STATEMENT) ^ Q(payment=None),
                name="payments_file_statement_means_of_a_payment",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def content(self) -> bytes:
        """Raises NotSealed."""
        return file_seals.unseal(bytes(self.sealed), self.sha256)
