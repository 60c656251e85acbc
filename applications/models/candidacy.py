"""The organisme that asks to be affiliated."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from partners.models import Commune
from partners.official_numbers import (
    RNA_LENGTH,
    SIRET_LENGTH,
    NumberField,
    check_rna,
    check_siret,
    in_groups,
)

from .application import Application


class LegalForm(models.TextChoices):
    ASSOCIATION = "association", "association"
    COMPANY = "company", "entreprise"
    PUBLIC = "public", "service public"


class CandidacyQuerySet(models.QuerySet["Candidacy"]):
    def accessible_to(self, user: User) -> Self:
        """Those that it began, or an account that was merged into it."""
        owners = User.objects.filter(Q(pk=user.pk) | Q(merged_into=user.pk))
        return self.filter(account__in=owners.values("pk"))

    def drafts(self) -> Self:
        return self.filter(application=None)


class Candidacy(models.Model):
    """What is said of it: a draft until it is sent with its papers, as an application. It goes with them, two
    months after the decision.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="candidacies", verbose_name="compte"
    )
    application = models.OneToOneField(
        Application, models.CASCADE, null=True, related_name="candidacy", verbose_name="demande"
    )
    siret = NumberField("SIRET", max_length=SIRET_LENGTH, validators=[check_siret])
    name = models.CharField("nom", max_length=120, blank=True)
    legal_form = models.CharField("statut", max_length=11, choices=LegalForm, blank=True)
    rna = NumberField("numéro RNA", max_length=RNA_LENGTH, blank=True, validators=[check_rna])
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, related_name="+", verbose_name="commune")
    address = models.CharField("adresse", max_length=160, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    email = models.EmailField("adresse e-mail", blank=True)
    website = models.URLField("site", blank=True)
    # Of who asks: president, treasurer.
    capacity = models.CharField("fonction", max_length=80, blank=True)
    other_activities = models.CharField("autres activités", max_length=200, blank=True)
    changed_at = models.DateTimeField("enregistrée le", default=timezone.now, editable=False)

    objects = CandidacyQuerySet.as_manager()

    class Meta:
        verbose_name = "organisme candidat"
        verbose_name_plural = "organismes candidats"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["account", "siret"],
                condition=Q(application=None),
                name="applications_candidacy_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(application=None)
                | (~Q(name="") & ~Q(legal_form="") & ~Q(capacity="") & Q(commune__isnull=False)),
                name="applications_candidacy_sent_means_described",
            ),
            models.CheckConstraint(condition=~Q(siret=""), name="applications_candidacy_has_a_siret"),
            models.CheckConstraint(
                condition=Q(legal_form__in=["", *LegalForm.values]),
                name="applications_candidacy_legal_form_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"SIRET {self.siret}"

    @property
    def siret_in_groups(self) -> str:
        return in_groups(self.siret)

    @property
    def is_draft(self) -> bool:
        return self.application_id is None

    @property
    def is_described(self) -> bool:
        """By who asks: the register knows a name, and nobody's function."""
        return bool(self.capacity)
