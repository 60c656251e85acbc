"""The e-mails of the outbox, and whose they are."""

from django.conf import settings
from django.db import models
from post_office.models import Email


class OutgoingMail(Email):
    """An e-mail that waits in the outbox, or has left it."""

    class Meta:
        proxy = True
        verbose_name = "e-mail"


class Addressee(models.Model):
    """An account that a message was written to: its address may become another, or be shared with others."""

    email = models.ForeignKey(Email, models.CASCADE, related_name="addressees", verbose_name="e-mail")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="compte"
    )

    class Meta:
        verbose_name = "destinataire"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["email", "account"], name="core_addressee_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}"
