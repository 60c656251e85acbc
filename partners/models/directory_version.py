"""The version of the directory, for what is kept of it in memory."""

from __future__ import annotations

import uuid

from django.db import DEFAULT_DB_ALIAS, models


class DirectoryVersion(models.Model):
    """One row: another token at each change of the directory, for what is kept of it in memory."""

    token = models.UUIDField("version", default=uuid.uuid4)

    class Meta:
        verbose_name = "version de l’annuaire"
        verbose_name_plural = "versions de l’annuaire"

    def __str__(self) -> str:
        return str(self.token)

    @classmethod
    def current(cls, *, using: str = DEFAULT_DB_ALIAS) -> uuid.UUID | None:
        return cls.objects.using(using).values_list("token", flat=True).first()

    @classmethod
    def lock(cls) -> None:
        cls.objects.select_for_update().filter(pk=1).first()

    @classmethod
    def renew(cls) -> None:
        cls.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4()})
