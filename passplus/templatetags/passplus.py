"""Words and drawings that every template has without asking."""

import datetime as dt
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.safestring import SafeString

from wallets import money

register = template.Library()

register.filter("euros", money.euros)


@register.filter
def jour(day: dt.date) -> str:
    """« 1er juillet 2027 », held together by no-break spaces."""
    day = _local(day)
    first = "1er" if day.day == 1 else str(day.day)
    return money.NBSP.join([first, formats.date_format(day, "F"), str(day.year)])


@register.filter
def jour_court(day: dt.date) -> str:
    """« 19/10/2026 »."""
    return f"{_local(day):%d/%m/%Y}"


@register.filter
def heure(moment: dt.datetime) -> str:
    """« 14 h 30 »."""
    local = timezone.localtime(moment)
    return money.NBSP.join([str(local.hour), "h", f"{local.minute:02}"])


@register.filter
def distance(kilometres: float) -> str:
    """« 350 m », « 2,4 km », « 18 km »: no more exact than an address is."""
    if kilometres < 0.95:
        return f"{max(50, round(kilometres * 20) * 50)}{money.NBSP}m"
    shown = f"{kilometres:.1f}".replace(".", ",") if kilometres < 10 else str(round(kilometres))
    return f"{shown}{money.NBSP}km"


@register.simple_tag
def brand() -> dict[str, Any]:
    """For the pages that have no context, those of the errors."""
    return settings.BRAND


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A decorative drawing from `templates/icons/`; the word stands beside it."""
    return render_to_string(f"icons/{name}.svg")


def _local(day: dt.date) -> dt.date:
    return timezone.localtime(day).date() if isinstance(day, dt.datetime) else day
