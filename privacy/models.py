"""Erasures that are still under way."""

from django.db import models


class KeptWords(models.Model):
    """By what people were written of whom the purge has made nobody, until it has looked everywhere for it.

    From their transaction to the end of the same night; to the next one, if it is stopped in between.
    """

    people = models.PositiveIntegerField("personnes")
    words = models.JSONField("mots")

    class Meta:
        # It keeps the table of where it was first.
        db_table = "passplus_keptwords"
        verbose_name = "mots à oublier"
        verbose_name_plural = "mots à oublier"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.people} personnes"
