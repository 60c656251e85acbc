"""Who signed which words, for which organisme; and the code by e-mail that it takes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.append_only import AppendOnlyModel, AppendOnlyQuerySet
from partners.models import Partner

from .application import Application, ApplicationState
from .convention import Convention

# What stands where it said who.
FORGOTTEN = {
    "organisme": "effacé",
    "siret": "",
    "name": "effacé",
    "capacity": "effacé",
    "email": "effacé",
}
# Of an organisme that is affiliated; of an application, once an agent countersigns it.
BINDS = Q(application=None) | Q(application__state=ApplicationState.ACCEPTED)
OF_ONE = Q(application=None) ^ Q(partner=None)


class SigningCode(models.Model):
    """That was mailed last, to sign this version for this organisme. Gone once it has served."""

    convention = models.ForeignKey(Convention, models.CASCADE, related_name="+", verbose_name="convention")
    application = models.ForeignKey(
        Application, models.CASCADE, null=True, related_name="+", verbose_name="demande"
    )
    partner = models.ForeignKey(
        Partner, models.CASCADE, null=True, related_name="+", verbose_name="organisme"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="compte"
    )
    email = models.EmailField("adresse e-mail")
    digest = models.CharField("empreinte du code", max_length=64)
    sent_at = models.DateTimeField("envoyé le", default=timezone.now)

    class Meta:
        verbose_name = "code de signature"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=OF_ONE, name="applications_signingcode_of_one_organisme"),
            models.UniqueConstraint(
                fields=["account", "application"], name="applications_signingcode_once_an_application"
            ),
            models.UniqueConstraint(
                fields=["account", "partner"], name="applications_signingcode_once_an_organisme"
            ),
        ]

    def __str__(self) -> str:
        return f"Code de signature {self.pk}"


class SignatureQuerySet(AppendOnlyQuerySet["Signature"]):
    def of_partner(self, partner: Partner) -> SignatureQuerySet:
        """Also as it asked to be affiliated, and of the double that was merged into it."""
        rows = Partner.objects.filter(Q(pk=partner.pk) | Q(merged_into=partner.pk)).values("pk")
        return self.filter(Q(partner__in=rows) | Q(application__partner__in=rows))

    def binding(self) -> SignatureQuerySet:
        return self.filter(BINDS)

    def organismes(self) -> models.QuerySet[Signature, int]:
        """The numbers of those that they are of, as `of_partner` says it."""
        ways = (
            "partner__merged_into",
            "partner",
            "application__partner__merged_into",
            "application__partner",
        )
        theirs = self.annotate(organisme_id=Coalesce(*ways)).filter(organisme_id__isnull=False)
        return theirs.values_list("organisme_id", flat=True)

    def to(self, convention: Convention) -> Signature | None:
        """The first, where a double signed this version too."""
        return self.filter(convention=convention).order_by("pk").first()

    def forget(self) -> int:
        """Take the words out of those that bind nobody, of applications not accepted; return how many.

        The only change there is.
        """
        return models.QuerySet.update(self.exclude(BINDS).exclude(**FORGOTTEN), **FORGOTTEN)


class Signature(AppendOnlyModel):
    """The evidence of an organisme's signature: the very text by its digest, who signs as what, the box that
    was ticked, and the code that its address received, as a digest. What the organisme was called then stays
    with it.

    PostgreSQL refuses a change by a trigger; who signed is forgotten if the application came to nothing.
    """

    convention = models.ForeignKey(
        Convention, models.PROTECT, related_name="signatures", verbose_name="version"
    )
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, related_name="signatures", verbose_name="demande"
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, related_name="signatures", verbose_name="organisme"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="compte"
    )
    organisme = models.CharField("nom de l’organisme", max_length=120)
    siret = models.CharField("SIRET", max_length=14)
    text_sha256 = models.CharField("SHA-256 du texte", max_length=64)
    name = models.CharField("signataire", max_length=120)
    capacity = models.CharField("qualité", max_length=80)
    email = models.EmailField("adresse e-mail du code")
    declared = models.CharField("case cochée", max_length=200)
    code_digest = models.CharField("empreinte du code", max_length=64)
    code_sent_at = models.DateTimeField("code envoyé le")
    signed_at = models.DateTimeField("signée le", default=timezone.now)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = "signature"
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=OF_ONE, name="applications_signature_of_one_organisme"),
            models.UniqueConstraint(
                fields=["application", "convention"], name="applications_signature_once_an_application"
            ),
            models.UniqueConstraint(
                fields=["partner", "convention"], name="applications_signature_once_an_organisme"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(capacity="") & ~Q(email="") & ~Q(organisme=""),
                name="applications_signature_says_who",
            ),
            models.CheckConstraint(condition=~Q(declared=""), name="applications_signature_declares"),
            models.CheckConstraint(
                condition=Q(text_sha256__regex="^[0-9a-f]{64}$", code_digest__regex="^[0-9a-f]{64}$"),
                name="applications_signature_has_its_digests",
            ),
            models.CheckConstraint(
                condition=Q(code_sent_at__lte=F("signed_at")), name="applications_signature_after_its_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.capacity}"


class Countersignature(AppendOnlyModel):
    """That an agent accepted the organisme, which signed."""

    signature = models.OneToOneField(
        Signature, models.PROTECT, related_name="countersignature", verbose_name="signature"
    )
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="agent"
    )
    name = models.CharField("contresignée par", max_length=160)
    signed_at = models.DateTimeField("contresignée le", default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "contresignature"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="applications_countersignature_says_who")
        ]

    def __str__(self) -> str:
        return self.name
