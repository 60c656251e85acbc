"""Changes of an e-mail address."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from .user import User


def new_link_key() -> str:
    return get_random_string(22)


class EmailChange(models.Model):
    """A requested change of address. `accounts.email_change` says what its two links do."""

    user = models.ForeignKey(User, models.CASCADE, related_name="email_changes", verbose_name="compte")
    # What the links carry, signed: without the secret of the site nobody makes one of it.
    key = models.CharField("clé des liens", max_length=22, default=new_link_key, editable=False)
    old = models.EmailField("ancienne adresse", blank=True)
    # Of a change that was done: the one that the account has since, after another change too.
    new = models.EmailField("nouvelle adresse")
    # Password and sessions when it was asked for, as a digest.
    account_state = models.CharField("état du compte", max_length=64, editable=False)
    is_open = models.BooleanField("peut être confirmé", default=True)
    asked_at = models.DateTimeField("demandé le", default=timezone.now, editable=False)
    done_at = models.DateTimeField("fait le", null=True, editable=False)

    class Meta:
        verbose_name = "changement d’adresse e-mail"
        verbose_name_plural = "changements d’adresse e-mail"
        constraints = [
            models.UniqueConstraint(fields=["key"], name="accounts_emailchange_key_is_unique"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(is_open=True), name="accounts_emailchange_one_is_open"
            ),
            models.CheckConstraint(
                condition=Q(is_open=False) | Q(done_at=None), name="accounts_emailchange_done_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, demandé le {self.asked_at:%d/%m/%Y}"
