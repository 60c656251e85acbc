"""The counters of the throttle."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact


class Attempts(models.Model):
    """The throttle counter of an account or a network under one policy; the key is a digest of them.

    Each attempt is remembered for the same while, one after the other: how far ahead `forgotten_at` lies
    says how many there are, and nobody has to count them down.
    """

    key = models.CharField("empreinte", max_length=64, primary_key=True)
    open_at = models.DateTimeField("prochain essai")
    forgotten_at = models.DateTimeField("oubli de tous les essais")

    class Meta:
        # It keeps the table of where it was first.
        db_table = "accounts_attempts"
        verbose_name = verbose_name_plural = "essais"
        constraints = [
            # HMAC-SHA256 in hexadecimal: no address and no identifiant that somebody can read fits.
            models.CheckConstraint(
                condition=Exact(Length("key"), 64), name="accounts_attempts_key_is_a_digest"
            ),
            # What is forgotten may be removed, because nobody waits for it.
            models.CheckConstraint(
                condition=Q(open_at__lte=F("forgotten_at")), name="accounts_attempts_wait_is_remembered"
            ),
        ]
        indexes = [models.Index(fields=["forgotten_at"], name="accounts_attempts_forgotten")]

    def __str__(self) -> str:
        return self.key[:8]
