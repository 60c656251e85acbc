"""What is there before a race, and what is found after it: in a process that has Django."""

import io
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet, Sum

from accounts.models import Beneficiary, User
from accounts.tests.factories import PASSWORD, in_letters, make_beneficiary, make_user
from partners.models import Partner, Role
from partners.tests.factories import make_offer, make_partner
from partners.tests.members import make_member
from payments import agreement
from payments.models import Line
from tickets.models import USED_STATES, State, Ticket, Use, used_without_a_use
from wallets.models import Entry, Kind, Nature, Wallet
from wallets.tests.factories import days, make_campaign

from . import treasury
from .agents import open_again
from .book import Found

GUARDIANS = ("parent.un", "parent.deux")
CLUBS = ("CLUB DES COURSES", "AILLEURS")
# Two of one organisme, the second of whom may take back what the first one used; one of another.
MEMBERS = {
    "membre.un": (0, Role.COUNTER),
    "membre.deux": (0, Role.MANAGER),
    "membre.ailleurs": (1, Role.COUNTER),
}


def prepare() -> dict[str, Any]:
    """Two guardians, an agent, and two organismes that both wallets pay, with their members."""
    for username in (*GUARDIANS, "agent"):
        make_user(username, is_staff=username == "agent")
    clubs = [_make_club(name) for name in CLUBS]
    treasury.open_accounts([club.partner for club in clubs])
    for username, (club, role) in MEMBERS.items():
        make_member(clubs[club].partner, role, user=make_user(username))
    return {
        "guardians": GUARDIANS,
        "password": PASSWORD,
        "clubs": [(club.partner.pk, club.offers) for club in clubs],
        "members": [(username, club) for username, (club, _) in MEMBERS.items()],
    }


@dataclass(frozen=True)
class Club:
    partner: Partner
    offers: dict[str, int]


def _make_club(name: str) -> Club:
    partner = make_partner(name)
    return Club(partner, {str(kind): make_offer("Cirque", kind, partner=partner).pk for kind in Kind})


def make_child() -> tuple[int, str]:
    """Of the two guardians, as the pages name it."""
    guardians = User.objects.filter(username__in=GUARDIANS)
    # An import refuses a number of fewer than three digits, which twelve at random may be.
    unique = f"{uuid.uuid4().int % 10**12:012}"
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


def codes_of(key: str) -> dict[int, str]:
    """By the number of each ticket of the order."""
    return dict(Ticket.objects.filter(order=uuid.UUID(key)).order_by("pk").values_list("pk", "code"))


def uses_of(tickets: Sequence[int]) -> dict[int, int]:
    """The living use of each."""
    return dict(Use.objects.living().filter(ticket__in=tickets).values_list("ticket", "pk"))


def look(campaign: int, is_settled: bool = False) -> Found:  # noqa: FBT001, FBT002 – it comes from another process
    """`is_settled`: whatever was due for it must be paid."""
    lapses = [Nature.LAPSE, Nature.REVIVED]
    entries = Entry.objects.filter(wallet__campaign=campaign, nature__in=lapses)
    tickets = Ticket.objects.filter(wallet__campaign=campaign)
    return Found(
        balance=_sum(Wallet.objects.filter(campaign=campaign), "balance"),
        lapsed=-_sum(entries, "amount"),
        tickets=tickets.count(),
        cancelled=tickets.filter(state=State.CANCELLED).count(),
        used=tickets.filter(state__in=USED_STATES).count(),
        paid=treasury.paid(campaign) if is_settled else None,
        twice=treasury.twice(),
    )


def _sum(rows: Any, column: str) -> Decimal:
    total: Decimal = rows.aggregate(total=Sum(column))["total"] or Decimal(0)
    return total.quantize(Decimal("0.01"))


def agrees(campaign: int) -> bool:
    """Of these wallets alone, whether ledger, balances, tickets and uses agree."""
    wrong = Wallet.objects.out_of_balance().filter(campaign=campaign)
    opposite = Entry.objects.ill_reversed().filter(wallet__campaign=campaign)
    at_odds = Ticket.objects.at_odds_with_ledger().filter(wallet__campaign=campaign)
    untold = used_without_a_use().filter(wallet__campaign=campaign)
    unsaid = Use.objects.at_odds_with_tickets().filter(ticket__wallet__campaign=campaign)
    unpaid = _payments_at_odds(campaign)
    return not any(found.exists() for found in (wrong, opposite, at_odds, untold, unsaid, *unpaid))


def _payments_at_odds(campaign: int) -> list[QuerySet[Any]]:
    paths: dict[Any, str] = {Line: "ticket__wallet__campaign", Ticket: "wallet__campaign"}
    faults = [found for found in agreement.faults().values() if found.model in paths]
    return [found.filter(**{paths[found.model]: campaign}) for found in faults]


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
