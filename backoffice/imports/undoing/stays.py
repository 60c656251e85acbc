"""What stays of an import that is taken back, and why, as a page shows it: names are read as it is shown."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model

from accounts.models import Beneficiary, Guardianship, School, User
from backoffice.facts.about import Unfolded
from partners.models import Activity, Offer, Partner

from .undo import Part

# Of one reason.
NAMED = 50

Called = tuple[tuple[str, ...], Callable[[Any], str]]
CALLED: dict[type[Model], Called] = {
    Beneficiary: ((), lambda it: f"{it} ({it.pupil_number})"),
    User: ((), lambda it: f"{it} ({it.username})"),
    Guardianship: (("user", "beneficiary"), lambda it: f"{it.user} → {it.beneficiary}"),
    School: ((), lambda it: f"{it} ({it.pk})"),
    Partner: (("commune",), lambda it: f"{it}, {it.commune}"),
    Offer: (("partner", "activity"), lambda it: f"{it.activity}, {it.partner}"),
    Activity: ((), str),
}


def as_kept(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """By numbers: names have no second place."""
    return [
        {
            "what": part.what,
            "why": why,
            "model": part.model._meta.label_lower,
            "count": len(keys),
            "keys": keys[:NAMED],
        }
        for part in parts
        for why, keys in part.by_reason().items()
    ]


def shown(kept: Iterable[dict[str, Any]]) -> Iterator[Unfolded]:
    for it in kept:
        title = f"{it['what']} qui restent\N{NO-BREAK SPACE}: {it['why']} ({it['count']})"
        names = _named(apps.get_model(it["model"]), it["keys"])
        yield Unfolded(title, names, it["count"] - len(names))


def _named(model: type[Model], keys: Collection[Any]) -> list[str]:
    """Those that are there still."""
    related, called = CALLED[model]
    rows = model._default_manager.filter(pk__in=keys).order_by("pk")
    return [called(row) for row in (rows.select_related(*related) if related else rows)]
