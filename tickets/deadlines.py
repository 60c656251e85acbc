"""A child's deadlines as a file for the family's own calendar (.ics)."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Event

from accounts.models import Beneficiary
from core import ics
from core.money import NBSP
from core.spelling import of_whom
from wallets.models import Campaign


def events(beneficiary: Beneficiary, campaigns: Iterable[Campaign]) -> list[Event]:
    """The days still to come."""
    today = timezone.localdate()
    name = settings.BRAND["name"]
    of_the_child = of_whom(beneficiary.first_name)
    return [
        ics.whole_day(
            day,
            uid=f"{uid}-{beneficiary.public_id}",
            summary=f"{name}{NBSP}: dernier jour pour {what} {of_the_child}",
            description=after,
            path=reverse("tickets:home", args=[beneficiary.public_id]),
            reminded=True,
        )
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
