"""Texts that staff write, in Markdown, with names between braces."""

from __future__ import annotations

from django.db import models

from content import facts


def line_field(verbose_name: str, max_length: int) -> models.CharField[str, str]:
    return models.CharField(verbose_name, max_length=max_length, validators=[facts.only_known])


def prose_field(verbose_name: str) -> models.TextField[str, str]:
    return models.TextField(verbose_name, validators=[facts.only_known])
