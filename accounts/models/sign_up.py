"""Addresses that ask for an account."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .email_change import new_link_key


class SignUp(models.Model):
    """An e-mail address, as a stranger typed it, until its link makes an account (`accounts.signing_up`)."""

    # What the link carries, signed.
    key = models.CharField("clé du lien", max_length=22, default=new_link_key, editable=False)
    email = models.EmailField("adresse e-mail")
    # Where the new account goes on; nothing for its start. An address of ours, that no visitor writes.
    next_path = models.CharField(
        "suite", max_length=60, blank=True, editable=False, db_default="", default=""
    )
    asked_at = models.DateTimeField("demandé le", default=timezone.now, editable=False)
    mailed_at = models.DateTimeField("lien envoyé le", null=True, editable=False)

    class Meta:
        verbose_name = "demande de compte"
        verbose_name_plural = "demandes de compte"
        constraints = [models.UniqueConstraint(fields=["key"], name="accounts_signup_key_is_unique")]

    def __str__(self) -> str:
        return f"Demande de compte {self.pk}"
