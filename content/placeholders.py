"""What the texts of `content` may name between braces, and what stands there instead."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.utils import timezone

from core import position, refused_forms
from core.formats import jour
from core.known_devices import DEVICE_KNOWN_FOR
from core.money import NBSP, short_euros
from wallets.models import Campaign, LateCancellation

# What a campaign says, and what stands there while none is open: « jusqu’au … », « reçoit … ».
SOME_DAY = "jour fixé pour la prochaine campagne"
SOME_MONEY = "un montant fixé pour chaque campagne"
LATE = {
    LateCancellation.REFUSED: "n’est plus possible",
    LateCancellation.FORFEITS: "reste possible, mais la somme est perdue",
}
OF_THE_CAMPAIGN: dict[str, tuple[Callable[[Campaign], str], str]] = {
    "ouverture": (lambda c: jour(c.opens_on), SOME_DAY),
    "dernier_ticket": (lambda c: jour(c.last_ticket_on), SOME_DAY),
    "derniere_annulation": (lambda c: jour(c.last_cancellation_on), SOME_DAY),
    "derniere_utilisation": (lambda c: jour(c.last_validation_on), SOME_DAY),
    "annulation_tardive": (
        lambda c: LATE[LateCancellation(c.late_cancellation)],
        "suit les règles de la campagne",
    ),
    "grande_part": (lambda c: short_euros(c.larger_share), SOME_MONEY),
    "petite_part": (lambda c: short_euros(c.smaller_share), SOME_MONEY),
    "montant": (lambda c: short_euros(c.larger_share + c.smaller_share), SOME_MONEY),
    "supplement_boursier": (lambda c: short_euros(2 * c.supplement), SOME_MONEY),
    "montant_maximum": (
        lambda c: short_euros(c.larger_share + c.smaller_share + 2 * c.supplement),
        SOME_MONEY,
    ),
    "ticket_minimum": (lambda c: short_euros(c.ticket_minimum), SOME_MONEY),
    "ticket_serie": (lambda c: short_euros(c.series_amount), SOME_MONEY),
}
YEAR = 365 * 24 * 60 * 60
UNITS = {"jour": 24 * 60 * 60, "heure": 60 * 60, "minute": 60, "seconde": 1}


def known() -> Mapping[str, str]:
    """As they are today. In June two campaigns are open: where they differ, both are said."""
    campaigns = list(Campaign.objects.open_on(timezone.localdate()).order_by("opens_on"))
    of_the_campaign = {
        name: _of_each(campaigns, wording) or otherwise
        for name, (wording, otherwise) in OF_THE_CAMPAIGN.items()
    }
    names = " et ".join(campaign.name for campaign in campaigns)
    return {"campagne": names or "à venir"} | of_the_campaign | _of_the_service()


def _of_each(campaigns: Sequence[Campaign], wording: Callable[[Campaign], str]) -> str:
    wordings = {campaign.name: wording(campaign) for campaign in campaigns}
    if len(set(wordings.values())) < 2:
        return next(iter(wordings.values()), "")
    return " ou ".join(f"{text} (campagne {name})" for name, text in wordings.items())


def _of_the_service() -> dict[str, str]:
    brand = settings.BRAND
    return {
        "nom": brand["name"],
        "territoire": brand["territory"],
        "site": settings.SITE_URL,
        "telephone": brand["help_phone"].replace(" ", NBSP),
        "horaires": brand["help_hours"],
        "courriel": brand["help_email"],
        "inactivite": duration(settings.SESSION_IDLE),
        "rester_connecte": duration(settings.REMEMBERED_FOR),
        "lien_mot_de_passe": duration(settings.PASSWORD_RESET_TIMEOUT),
        "code_d_acces": duration(settings.ACCESS_CODE_TIMEOUT),
        "appareil_reconnu": duration(DEVICE_KNOWN_FOR.total_seconds()),
        "garde_familles": period(settings.KEEP_FAMILIES),
        "garde_journal": period(settings.KEEP_JOURNAL),
        "garde_connexions": period(settings.KEEP_SIGN_INS),
        "garde_refus": period(settings.KEEP_SECURITY_LOG),
        "garde_emails": period(settings.KEEP_EMAILS),
        "garde_imports": period(settings.KEEP_IMPORTS),
        "garde_propositions": period(settings.KEEP_SUGGESTIONS),
        "garde_copies": period(dt.timedelta(days=settings.BACKUP_DAYS)),
        "cookie_session": settings.SESSION_COOKIE_NAME,
        "cookie_formulaires": settings.CSRF_COOKIE_NAME,
        "cookie_appareil": settings.DEVICE_COOKIE_NAME,
        "cookie_messages": settings.NOTES_COOKIE_NAME,
        "cookie_refus": settings.REFUSED_COOKIE_NAME,
        "refus_garde": duration(refused_forms.KEPT_FOR.total_seconds()),
        "cookie_position": settings.POSITION_COOKIE_NAME,
        "position_gardee": duration(position.KEPT_FOR.total_seconds()),
    }


def duration(seconds: float) -> str:
    """`86400` → « 24 heures », `2592000` → « 30 jours »: whole years, else the largest unit of
    which there are two.
    """
    if seconds % YEAR == 0:
        years = round(seconds / YEAR)
        return f"{years}{NBSP}an{'s' * (years > 1)}"
    unit, size = next(((u, s) for u, s in UNITS.items() if seconds >= 2 * s), ("seconde", 1))
    number = round(seconds / size)
    return f"{number}{NBSP}{unit}{'s' * (number > 1)}"


def period(kept: dt.timedelta) -> str:
    """`timedelta(730)` → « 2 ans », `timedelta(90)` → « 3 mois »: whole years, else months, else days."""
    if kept.days % 365 == 0:
        years = kept.days // 365
        return f"{years}{NBSP}an{'s' * (years > 1)}"
    if kept.days % 30 == 0:
        return f"{kept.days // 30}{NBSP}mois"
    return f"{kept.days}{NBSP}jour{'s' * (kept.days > 1)}"
