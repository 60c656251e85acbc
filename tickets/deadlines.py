"""A child's deadlines as a file for the family's own calendar (.ics)."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Alarm, Calendar, Event
from icalendar.enums import TRANSP

from accounts.models import Beneficiary
from core.money import NBSP
from core.spelling import of_whom
from core.typed_text import printable
from wallets.models import Campaign

# At nine in the morning of the seventh day before: counted from midnight, it would wake people up.
EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
REMINDER = dt.timedelta(hours=9) - dt.timedelta(days=7)


def calendar(beneficiary: Beneficiary, campaigns: Iterable[Campaign]) -> bytes:
    """The days still to come; brought in again, they replace themselves, for their UIDs never change."""
    today = timezone.localdate()
    name = settings.BRAND["name"]
    of_the_child = of_whom(beneficiary.first_name)
    events = [
        _event(f"{name}{NBSP}: dernier jour pour {what} {of_the_child}", after, day, uid, beneficiary)
        for campaign in campaigns
        for what, after, day, uid in (
            (
                "créer un ticket",
                "Après ce jour, l’argent qui reste dans les porte-monnaie est perdu.",
                campaign.last_ticket_on,
                f"creer-{campaign.pk}",
            ),
            (
                "annuler un ticket",
                "Après ce jour, un ticket annulé ne rend plus son argent.",
                campaign.last_cancellation_on,
                f"annuler-{campaign.pk}",
            ),
            (
                "utiliser les tickets",
                "Après ce jour, un ticket qui n’a pas été remis à un organisme ne vaut plus rien.",
                campaign.last_validation_on,
                f"utiliser-{campaign.pk}",
            ),
        )
        if day >= today
    ]
    content: bytes = Calendar.new(prodid=f"-//{name}//FR", subcomponents=events).to_ical()
    return content


def _event(summary: str, after: str, day: dt.date, uid: str, beneficiary: Beneficiary) -> Event:
    """A whole day: RFC 5545 gives one without an end a day too, but not every program does."""
    host = settings.SITE_URL.partition("://")[2]
    alarm = Alarm.new(description=printable(summary))
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", REMINDER)
    return Event.new(
        uid=f"{uid}-{beneficiary.public_id}@{host}",
        stamp=timezone.now(),
        # Fetched again, it is a newer edition of the same event, whichever way the day moved.
        sequence=int((timezone.now() - EPOCH).total_seconds()),
        summary=printable(summary),
        description=after,
        start=day,
        end=day + dt.timedelta(days=1),
        # A reminder, which keeps nobody busy all day.
        transparency=TRANSP.TRANSPARENT,
        url=settings.SITE_URL + reverse("tickets:home", args=[beneficiary.public_id]),
        subcomponents=[alarm],
    )
