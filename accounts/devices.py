"""Devices by which somebody came in, by the name that their User-Agent gives: « Chrome sur Android »."""

import datetime as dt
import re
from dataclasses import dataclass

from django.db.models import Count, Max

from .models import User

# The first that fits: most browsers also claim to be the ones before them.
BROWSERS = {
    "Edge": r"Edg(e|A|iOS)?/",
    "Opera": r"OPR/|Opera",
    "Samsung Internet": r"SamsungBrowser/",
    "Firefox": r"Firefox/|FxiOS/",
    "Chrome": r"Chrome/|CriOS/|Chromium/",
    "Safari": r"Safari/",
}
SYSTEMS = {
    "iPhone": r"iPhone",
    "iPad": r"iPad",
    "Android": r"Android",
    "Windows": r"Windows",
    "Mac": r"Macintosh|Mac OS X",
    "ChromeOS": r"CrOS",
    "Linux": r"Linux",
}


# Kinds of device that the owner is shown, the last used first.
SHOWN = 5


@dataclass(frozen=True)
class Device:
    """A kind of device by which somebody came in, in the time that sign-ins are kept."""

    name: str
    last: dt.datetime
    times: int
    is_like_this: bool


def of(user: User, *, this: str) -> list[Device]:
    """By which this account was entered; `this` is the User-Agent of who asks."""
    kinds = user.sign_ins.order_by().values_list("device").annotate(last=Max("at"), times=Count("pk"))
    return [
        Device(kind, last, times, is_like_this=kind == name(this))
        for kind, last, times in kinds.order_by("-last")[:SHOWN]
    ]


def name(user_agent: str) -> str:
    browser, system = (_first(names, user_agent) for names in (BROWSERS, SYSTEMS))
    if browser and system:
        return f"{browser} sur {system}"
    return browser or system or "Appareil inconnu"


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for name, pattern in names.items() if re.search(pattern, user_agent)), "")
