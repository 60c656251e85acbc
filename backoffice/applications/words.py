"""How long, and how many, as the queue says it."""

import datetime as dt

from django.utils import timezone

from applications import figures
from core.formats import counted_in_french
from core.money import NBSP

DAY = dt.timedelta(days=1)


def days_since(moment: dt.datetime) -> str:
    """Nothing for today."""
    days = (timezone.localdate() - timezone.localdate(moment)).days
    return counted_in_french(days, "jour") if days else ""


def of_the_week() -> dict[str, str]:
    week = figures.of_the_week()
    came = {"déposée": week.sent, "accordée": week.accepted, "refusée": week.refused}
    told = [counted_in_french(count, word) for word, count in came.items()]
    return {
        "came": ", ".join([*told, f"{week.asked} à compléter"]),
        "delay": _in_days(week.delay) if week.delay is not None else "",
        "waiting": f"{week.waiting} attend{'ent' * (week.waiting > 1)}" if week.waiting else "",
        "oldest": (days_since(week.oldest) if week.oldest else "") or "aujourd’hui",
    }


def _in_days(delay: dt.timedelta) -> str:
    days = round(delay / DAY)
    return counted_in_french(days, "jour") if days else f"moins d’un{NBSP}jour"
