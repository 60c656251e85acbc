"""What is there before a race, and what is found after it: in a process that has Django."""

import io
import time
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Sum

from accounts.models import Beneficiary, User
from accounts.tests.factories import PASSWORD, in_letters, make_beneficiary, make_user
from partners.tests.factories import make_offer, make_partner
from tickets.models import State, Ticket
from wallets.models import Entry, Kind, Nature, Wallet
from wallets.tests.factories import days, make_campaign

from .agents import open_again
from .book import Found

GUARDIANS = ("parent.un", "parent.deux")


def prepare() -> dict[str, Any]:
    """Two guardians, an agent, and an organisme that both wallets pay."""
    for username in (*GUARDIANS, "agent"):
        make_user(username, is_staff=username == "agent")
    partner = make_partner("CLUB DES COURSES")
    offers = {str(kind): make_offer("Cirque", kind, partner=partner).pk for kind in Kind}
    return {"guardians": GUARDIANS, "password": PASSWORD, "partner": partner.pk, "offers": offers}


def make_child() -> tuple[int, str]:
    """Of the two guardians, as the pages name it."""
    guardians = User.objects.filter(username__in=GUARDIANS)
    unique = uuid.uuid4().hex[:12].upper()
    child = make_beneficiary(*guardians, pupil_number=unique, last_name=f"COURSE {in_letters(unique)}")
    return child.pk, child.public_id


def open_campaign(children: Sequence[int]) -> tuple[int, list[dict[str, int]]]:
    """A new one for these children alone: their wallets, Sport 60 € and Culture 20 €."""
    Beneficiary.objects.exclude(pk__in=children).filter(is_enrolled=True).update(is_enrolled=False)
    Beneficiary.objects.filter(pk__in=children).update(is_enrolled=True)
    campaign = make_campaign(name=uuid.uuid4().hex[:20], last_ticket_on=days(50))
    open_again(children=children, campaign=campaign.pk)
    of_each = [Wallet.objects.filter(campaign=campaign, beneficiary=child) for child in children]
    return campaign.pk, [dict(wallets.values_list("kind", "pk")) for wallets in of_each]


def tickets_of(key: str) -> list[int]:
    return list(Ticket.objects.filter(order=uuid.UUID(key)).order_by("pk").values_list("pk", flat=True))


def look(campaign: int) -> Found:
    lapses = [Nature.LAPSE, Nature.REVIVED]
    entries = Entry.objects.filter(wallet__campaign=campaign, nature__in=lapses)
    tickets = Ticket.objects.filter(wallet__campaign=campaign)
    return Found(
        balance=_sum(Wallet.objects.filter(campaign=campaign), "balance"),
        lapsed=-_sum(entries, "amount"),
        tickets=tickets.count(),
        cancelled=tickets.filter(state=State.CANCELLED).count(),
        used=tickets.filter(state=State.USED).count(),
    )


def _sum(rows: Any, column: str) -> Decimal:
    total: Decimal = rows.aggregate(total=Sum(column))["total"] or Decimal(0)
    return total.quantize(Decimal("0.01"))


def agrees(campaign: int) -> bool:
    """Of these wallets alone, whether ledger, balances and tickets agree."""
    wrong = Wallet.objects.out_of_balance().filter(campaign=campaign)
    opposite = Entry.objects.ill_reversed().filter(wallet__campaign=campaign)
    at_odds = Ticket.objects.at_odds_with_ledger().filter(wallet__campaign=campaign)
    return not wrong.exists() and not at_odds.exists() and not opposite.exists()


def check_ledger() -> str:
    """What `manage.py check_ledger` finds wrong in the whole database."""
    try:
        call_command("check_ledger", stdout=io.StringIO())
    except CommandError as fault:
        return str(fault)
    return ""


def deadlocks() -> int:
    """How many PostgreSQL has had to cut. SQLite, which has one lock, can have none."""
    if connection.vendor == "sqlite":
        return 0
    # A connection tells what it has seen at the latest a second after.
    time.sleep(1.5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        [number] = cursor.fetchone()
    return int(number)
