"""The lists of the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from backoffice.base.period_filter import PeriodFilter

REGISTRY: dict[type[Model], Any] = admin.site._registry


def address(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def shown(model_admin: Any) -> set[str]:
    """What the filters of the list ask, written here anew: the control of `lookup_allowed`."""
    key = model_admin.opts.pk.name
    asked = {key, *model_admin.linked_by}
    for one in model_admin.list_filter:
        if isinstance(one, str | tuple):
            name = one if isinstance(one, str) else one[0]
            asked |= {name, f"{name}__isnull"}
            asked |= {f"{name}__{part}" for part in ("id", "insee_code")}
        elif issubclass(one, PeriodFilter):
            asked |= {f"{one.name}_du", f"{one.name}_au"}
        else:
            asked.add(one.parameter_name)
    return asked
