"""An agent's side of a race: a process that has Django, and calls services as the administration does."""

import csv
import datetime as dt
import io
import time
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.models import Beneficiary, Grade, User
from accounts.tests.factories import PASSWORD, make_beneficiary, make_user
from backoffice.imports import jobs, worker
from backoffice.models import Import, Sort, Stage
from core.exceptions import Refusal
from core.worker import Stop
from partners.models import Partner
from partners.tests.factories import make_offer, make_partner
from tickets import expiry, services
from tickets.models import State, Ticket
from wallets import campaigns, formulas, supplements
from wallets import services as wallets
from wallets.models import Campaign, Entry, Kind, Nature, Wallet
from wallets.tests.factories import days, make_campaign

from .acts import DONE, Outcome, Service, refusal_in
from .book import Found
from .families import PAUSE, TRIES, wait_for

# More children than a round has.
ALL = 100
GUARDIANS = ("parent.un", "parent.deux")


def perform(act: Service, start: float) -> Outcome:
    """Do it; as often as the database has no time for it, as an agent would who is told so."""
    wait_for(start, act)
    for busy in range(TRIES):
        try:
            said = globals()[act.name](**act.arguments)
            if isinstance(said, Decimal):
                return Outcome(act, DONE, busy, moved=said)
            return Outcome(act, said or DONE, busy)
        except OperationalError:
            time.sleep(PAUSE)
        except Refusal as refusal:
            told = refusal_in(refusal.sentence)
            return Outcome(act, told, busy, fault="" if told else refusal.sentence)
        except Exception as fault:  # noqa: BLE001 – the table tells it
            return Outcome(act, fault=f"{act.name} : {fault!r}")
    return Outcome(act, fault=f"{act.name} : {TRIES} fois occupé")


# --- What a service is asked for; what is returned is a refusal. --------------------------------


def order(*, key: str, euros: Decimal, **asked: Any) -> None:
    services.order(key=uuid.UUID(key), amount=euros, offer_id=None, actor=agent(), **asked)


def use(*, ticket: int, offer: int) -> None:
    services.use(ticket_id=ticket, offer_id=offer, actor=agent())


def undo_use(*, ticket: int) -> None:
    services.undo_use(ticket_id=ticket)


def expire() -> None:
    expiry.expire(today=timezone.localdate())


def grant(*, wallet: int, key: str, euros: Decimal) -> str:
    made = wallets.grant(wallet_ids=[wallet], key=key, amount=euros, label="Geste", actor=agent())
    return "" if made else "déjà crédité"


def correct(*, wallet: int, key: str, euros: Decimal) -> None:
    wallets.correct(wallet_id=wallet, amount=euros, key=uuid.UUID(key), actor=agent())


def grant_supplement(*, child: int, campaign: int) -> None:
    supplements.grant_supplement(beneficiary_id=child, campaign_id=campaign, actor=agent())


def switch_formula(*, child: int, campaign: int, preferred: str) -> None:
    formulas.switch_formula(
        beneficiary_id=child, campaign_id=campaign, preferred=Kind(preferred), actor=agent()
    )


def open_again(*, children: Sequence[int], campaign: int) -> None:
    campaigns.open_wallets(
        beneficiary_ids=children, campaign_id=campaign, preferred=Kind.SPORT, actor=agent()
    )


def close(*, campaign: int) -> None:
    """The last day for tickets was yesterday, and what is left lapses."""
    Campaign.objects.filter(pk=campaign).update(last_ticket_on=timezone.localdate() - dt.timedelta(days=1))
    while campaigns.close_campaign(campaign_id=campaign, limit=1, actor=agent()).number:
        pass


def open_all(*, campaign: int) -> Decimal:
    """One batch, so that what it says is all that it did."""
    return campaigns.open_campaign(campaign_id=campaign, limit=ALL, actor=agent()).euros


def undo_all(*, campaign: int) -> Decimal:
    return -campaigns.undo_opening(campaign_id=campaign, limit=ALL, actor=agent()).euros


def reopen(*, campaign: int) -> None:
    campaigns.reopen_campaign(campaign_id=campaign, limit=ALL, actor=agent())


def hold(*, wallet: int, seconds: float) -> None:
    """Somebody has locked the wallet, and is in no hurry."""
    with transaction.atomic():
        Wallet.objects.locked().get(pk=wallet)
        time.sleep(seconds)


def import_roster(*, child: int) -> str:
    """The child changes its class, and gets one more guardian."""
    pupil = Beneficiary.objects.get(pk=child)
    grade = Grade.QUATRIEME if pupil.grade == Grade.CINQUIEME else Grade.CINQUIEME
    line = {
        "Numéro d’élève": pupil.pupil_number,
        "Nom": pupil.last_name,
        "Prénom": pupil.first_name,
        "Naissance": pupil.birth_year,
        "Niveau": grade.label,
        "UAI": pupil.school_id,
        "Commune": "Antony",
        "Responsable 1 nom": "MARTIN",
        "Responsable 1 prénom": f"Anne {uuid.uuid4().hex[:6]}",
        "Responsable 1 adresse": "1 rue Basse",
        "Responsable 1 code postal": "92160",
    }
    return _import(Sort.ROSTER, line)


def import_directory(*, partner: int) -> str:
    """The organisme has another telephone, and one more activity."""
    known = Partner.objects.get(pk=partner)
    activity = f"Activité {uuid.uuid4().hex[:8]}"
    line = {
        "Nom": known.name,
        "Commune": "Antony",
        "Activités Sport": activity,
        "Activités Culture": activity,
    }
    return _import(Sort.DIRECTORY, line)


def _import(sort: Sort, line: dict[str, Any]) -> str:
    """Bring a file, let it be read, confirm it, let it be done: by this worker, or by one beside it."""
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows([line.keys(), line.values()])
    job = Import.objects.create(sort=sort, name="liste.csv", content=file.getvalue().encode(), owner=agent())
    while job.is_waiting or job.stage == Stage.READY:
        if job.stage == Stage.READY:
            jobs.confirm(import_id=job.pk, as_read=job.fingerprint, reason="Course", actor=agent())
        worker.work(Stop())
        job.refresh_from_db()
    if job.report.get("refused"):
        raise RuntimeError(job.report)
    return "" if job.stage == Stage.DONE else "import à refaire"


def agent() -> User:
    return User.objects.get(username="agent")


# --- Before and after ---------------------------------------------------------------------------


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
    child = make_beneficiary(*guardians, pupil_number=unique, last_name=f"COURSE {unique}")
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
