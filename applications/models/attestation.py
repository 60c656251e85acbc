"""The paper of a signature that binds, as it was made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.append_only import AppendOnlyModel, AppendOnlyQuerySet

from .signature import Signature


class Attestation(AppendOnlyModel):
    """The same bytes for ever; `sha256` is theirs. Not sealed: it says what the rows beside it say."""

    signature = models.OneToOneField(
        Signature, models.PROTECT, related_name="attestation", verbose_name="signature"
    )
    content = models.BinaryField("PDF")
    sha256 = models.CharField("SHA-256", max_length=64)
    created_at = models.DateTimeField("faite le", default=timezone.now, editable=False)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "attestation de signature"
        verbose_name_plural = "attestations de signature"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="applications_attestation_has_its_digest"
            )
        ]

    def __str__(self) -> str:
        return f"Attestation de {self.signature_id}"
