"""Columns and form fields of amounts in euros."""

from typing import Any

from django import forms
from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.functions import Round

from core.money import euros


class EurosField(forms.DecimalField):
    in_words = staticmethod(euros)


class MoneyField(models.DecimalField[Any, Any]):
    """A DecimalField shown as euros. Migrations see a DecimalField."""

    in_words = staticmethod(euros)

    def deconstruct(self) -> Any:
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.DecimalField", args, options

    def formfield(self, *args: Any, **options: Any) -> Any:
        return super().formfield(*args, **{"form_class": EurosField, **options})


def money_field(verbose_name: str, **options: Any) -> MoneyField:
    """Euros, two places; up to 9 999 999,99."""
    return MoneyField(verbose_name, max_digits=9, decimal_places=2, **options)


def in_cents(amount: Combinable) -> Round:
    """An amount that the database computes, to the cent.

    SQLite keeps decimals as floating point: unrounded, 0.30 − 0.10 − 0.10 − 0.10 would be less than 0.
    """
    return Round(amount, 2)
