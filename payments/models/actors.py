"""Columns of who did it."""

from typing import Any

from django.conf import settings
from django.db import models


def actor(label: str, **options: Any) -> models.ForeignKey[Any, Any]:
    """Written by services alone; an account that signed something is never deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=label,
        **options,
    )
