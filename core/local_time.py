"""Now, and any moment, as the clocks of the département show them.

What a page asks for each of its lines: Django's own look each time for a time zone that somebody activated,
which nobody does here, and take four times as long.
"""

import datetime as dt

from django.utils import timezone


def local(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(timezone.get_default_timezone())


def today() -> dt.date:
    return local(timezone.now()).date()
