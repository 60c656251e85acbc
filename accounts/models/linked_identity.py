"""Who comes in by FranceConnect or ProConnect."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .user import User


class IdentityProvider(models.TextChoices):
    # Also the name of its part of services.toml, and of its pages.
    FRANCE_CONNECT = "franceconnect", "FranceConnect"
    PRO_CONNECT = "proconnect", "ProConnect"


class LinkedIdentity(models.Model):
    """Somebody as a provider knows it, and the account whose password it gave once (`accounts.openid`)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="linked_identities", verbose_name="compte")
    provider = models.CharField("par", max_length=13, choices=IdentityProvider)
    # What the provider calls this person before us alone: neither a name nor a number of the State's.
    subject = models.CharField("sujet", max_length=255, editable=False)
    # Password and sessions when it was linked, as a digest: whoever changes them closes this door too.
    account_state = models.CharField("état du compte", max_length=64, editable=False)
    linked_at = models.DateTimeField("associé le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "identité associée"
        verbose_name_plural = "identités associées"
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "subject"], name="accounts_linkedidentity_of_one_account"
            ),
            models.UniqueConstraint(
                fields=["user", "provider"], name="accounts_linkedidentity_one_of_each_provider"
            ),
            models.CheckConstraint(
                condition=models.Q(provider__in=IdentityProvider.values),
                name="accounts_linkedidentity_provider_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_provider_display()}, {self.user}"
