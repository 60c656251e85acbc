"""An agent's side of a race: a process that has Django, and calls services as the administration does."""

import csv
import datetime as dt
import io
import time
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone

from accounts.models import Beneficiary, Grade, User
from accounts.tests.factories import in_letters
from backoffice.imports import choices, jobs
from backoffice.models import Import, Sort, Stage, Verdict
from core.exceptions import Refusal
from core.tasks import Queue, Worker
from partners.models import Partner
from tickets import expiry, services
from wallets import campaigns, formulas, supplements
from wallets import services as wallets
from wallets.models import Campaign, Kind, Wallet

from . import treasury
from .acts import DONE, Outcome, Service, refusal_in
from .families import PAUSE, TRIES, wait_for

# More children than a round has.
ALL = 100


def perform(act: Service, start: float) -> Outcome:
    """Do it; as often as the database has no time for it, as an agent would who is told so."""
    wait_for(start, act)
    for busy in range(TRIES):
        try:
            does = globals().get(act.name) or getattr(treasury, act.name)
            said = does(**act.arguments)
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


def order(*, key: str, euros: Decimal, offer_id: int | None = None, **asked: Any) -> None:
    services.order(key=uuid.UUID(key), amount=euros, offer_id=offer_id, actor=agent(), **asked)


def use(*, ticket: int, offer: int) -> None:
    services.use(ticket_id=ticket, offer_id=offer, actor=agent())


def undo_use(*, ticket: int) -> None:
    services.undo_use(ticket_id=ticket, actor=agent())


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


def end(*, campaign: int) -> None:
    """Midnight: its last day was yesterday, and the night marks what has expired."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    days = dict.fromkeys(["last_ticket_on", "last_cancellation_on", "last_validation_on"], yesterday)
    Campaign.objects.filter(pk=campaign).update(**days)
    expire()


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
        "Responsable 1 prénom": f"Anne {in_letters(uuid.uuid4().hex[:6])}",
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
    job = Import(sort=sort, name="liste.csv", content=file.getvalue().encode(), owner=agent())
    jobs.receive(job)
    worker = Worker([Queue.FILES])
    while job.is_waiting or job.stage == Stage.READY:
        if job.stage == Stage.READY:
            every = choices.PageChoices(create_the_rest=True)
            read = choices.take(import_id=job.pk, chosen=every, mark=choices.as_read(job))
            jobs.confirm(import_id=job.pk, as_read=read, reason="Course", actor=agent())
        if not worker.run_next():
            # One beside it has it, or the one before it.
            time.sleep(0.1)
        job.refresh_from_db()
    if job.report.get("counts", {}).get(Verdict.REFUSED):
        raise RuntimeError(job.report)
    return "" if job.stage == Stage.DONE else "import à refaire"


def agent() -> User:
    return User.objects.get(username="agent")
