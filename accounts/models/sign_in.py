"""Sign-ins, and requests of « identifiants oubliés »."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .user import User


class SignIn(models.Model):
    """A sign-in and its device, shown to the owner. No IP address is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins", verbose_name="compte")
    at = models.DateTimeField("date", default=timezone.now, editable=False)
    device = models.CharField("appareil", max_length=80, editable=False)

    class Meta:
        verbose_name = "connexion"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "-at"], name="accounts_signin_recent")]

    def __str__(self) -> str:
        return f"{self.user}, {self.device}"


class ForgottenRequest(models.Model):
    """A request of « identifiants oubliés », as it was typed: it may mean nobody.

    `accounts.identifiers` writes it, and removes it once whoever it means is written to.
    """

    contact = models.CharField("adresse ou identifiant", max_length=254)

    class Meta:
        verbose_name = "demande d’identifiants"
        verbose_name_plural = "demandes d’identifiants"

    def __str__(self) -> str:
        return f"Demande {self.pk}"
