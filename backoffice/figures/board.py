"""The home page of the administration: campaigns, activity, what waits for an agent."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from post_office.models import STATUS

from accounts.models import User
from accounts.proposals import Proposal, ProposalState
from applications.models import Application, ApplicationState
from backoffice.models import Import, Stage
from core import tasks
from core.counting import counts
from core.models import OutgoingMail
from core.money import NBSP
from partners.models import Suggestion
from payments.models import AccountState, BankAccount, Batch, BatchState
from tickets.figures import kept, sums
from tickets.figures import waiting as of_all
from tickets.models import Dispute, Figure
from wallets.models import Campaign, Entry

WEEKS = 26
HIGHEST = 50


@dataclass(frozen=True)
class Waiting:
    """Something to be done, and where."""

    count: int
    what: str
    address: str


@dataclass(frozen=True)
class Week:
    """How many tickets were created from that Monday on, and how high its bar is, of HIGHEST."""

    monday: dt.date
    tickets: int
    height: int

    @property
    def top(self) -> int:
        return HIGHEST + 11 - self.height

    @property
    def is_highest(self) -> bool:
        return self.height == HIGHEST


@dataclass(frozen=True)
class Counted:
    """What is kept of the campaigns that the board tells of, and the oldest moment of it."""

    campaigns: list[tuple[Campaign, list[sums.Sums]]]
    weeks: list[Week]
    at: dt.datetime | None


def counted(today: dt.date) -> Counted:
    """The campaigns whose tickets may still be used, the newest first; the others have a page of their own.

    Two queries, however many tickets there are.
    """
    first = _first_monday(today)
    every = list(Campaign.objects.filter(last_validation_on__gte=first).order_by("-opens_on"))
    found = kept.read(every, Figure.SUMS, Figure.WEEKS)
    created: Counter[str] = Counter()
    for campaign in every:
        created.update(found[campaign.pk, Figure.WEEKS].figures)
    current = [campaign for campaign in every if campaign.last_validation_on >= today]
    return Counted(
        [
            (campaign, sums.of(found[campaign.pk, Figure.SUMS].figures["kinds"], campaign, today))
            for campaign in current
        ],
        weeks(created, today),
        min((one.at for one in found.values()), default=None),
    )


def corrections(now: dt.datetime) -> str:
    """Those of the last day, of everybody."""
    since = Entry.objects.corrections_since(now - dt.timedelta(days=1))
    return str(since) if since.number else ""


def weeks(created: Mapping[str, int], today: dt.date) -> list[Week]:
    """The last half year, this week included; a week without tickets is one too."""
    mondays = [_first_monday(today) + dt.timedelta(weeks=number) for number in range(WEEKS)]
    tickets = [created.get(day.isoformat(), 0) for day in mondays]
    most = max(*tickets, 1)
    return [
        Week(day, count, round(HIGHEST * count / most)) for day, count in zip(mondays, tickets, strict=True)
    ]


def _first_monday(today: dt.date) -> dt.date:
    return today - dt.timedelta(days=today.weekday(), weeks=WEEKS - 1)


@dataclass(frozen=True)
class Question:
    """Rows that may wait for somebody, what they are called, and where they are dealt with."""

    rows: QuerySet[Any]
    one: str
    many: str
    address: str


def waiting(user: User, today: dt.date) -> Iterator[Waiting]:
    """What waits for this agent."""
    yield from proposals(user)
    yield from _counted_aside(user, today)
    asked = list(_questions(user))
    for question, count in zip(asked, counts(*(one.rows for one in asked)), strict=True):
        yield from _told(count, question.one, question.many, question.address)
    if user.has_perm("wallets.run_campaign"):
        over = Campaign.objects.filter(last_ticket_on__lt=today, wallets__balance__gt=0)
        for campaign in over.annotate(unspent=Count("wallets")):
            address = reverse("admin:wallets_campaign_clore", args=[campaign.pk])
            yield Waiting(campaign.unspent, f"porte-monnaie à vider, campagne {campaign}", address)


def _payments(user: User) -> Iterator[Question]:
    address = f"{reverse('admin:payments_batch_changelist')}?state__exact="
    if user.has_perm("payments.approve_batch"):
        prepared = Batch.objects.filter(state=BatchState.PREPARED).exclude(prepared_by=user)
        yield Question(prepared, "lot à approuver", "lots à approuver", f"{address}{BatchState.PREPARED}")
    if user.has_perm("payments.prepare_batch"):
        approved = Batch.objects.filter(state=BatchState.APPROVED)
        one, many = "lot à transmettre", "lots à transmettre"
        yield Question(approved, one, many, f"{address}{BatchState.APPROVED}")
        sent = Batch.objects.filter(state=BatchState.SENT)
        yield Question(sent, "lot à solder", "lots à solder", f"{address}{BatchState.SENT}")


def _disputes(user: User) -> Iterator[Question]:
    if user.has_perm("tickets.decide_dispute"):
        pending = Dispute.objects.filter(decided_at=None)
        address = reverse("admin:tickets_dispute_changelist") + "?reponse=attendue"
        yield Question(pending, "utilisation signalée par une famille", "utilisations signalées", address)


def _applications(user: User) -> Iterator[Question]:
    if user.has_perm("applications.decide_application"):
        one, many = "demande à lire", "demandes à lire"
        address = (
            f"{reverse('admin:applications_application_changelist')}?state__exact={ApplicationState.SENT}"
        )
        yield Question(Application.objects.waiting(), one, many, address)


def _bank_accounts(user: User) -> Iterator[Question]:
    if not user.has_perm("payments.verify_account"):
        return
    address = f"{reverse('admin:payments_bankaccount_changelist')}?state__exact="
    waiting = {
        AccountState.ASKED: BankAccount.objects.filter(state=AccountState.ASKED),
        AccountState.CALLED: BankAccount.objects.filter(state=AccountState.CALLED).exclude(called_by=user),
        AccountState.FROZEN: BankAccount.objects.filter(state=AccountState.FROZEN),
    }
    for state, rows in waiting.items():
        one, many = f"compte bancaire {state.label}", f"comptes bancaires {_PLURAL[state]}"
        yield Question(rows, one, many, f"{address}{state}")


_PLURAL = {
    AccountState.ASKED: "à vérifier",
    AccountState.CALLED: "vérifiés, à confirmer",
    AccountState.FROZEN: "bloqués",
}


def _counted_aside(user: User, today: dt.date) -> Iterator[Waiting]:
    """What takes all children or all accounts to count: it may be a quarter of an hour old."""
    every = list(Campaign.objects.filter(last_validation_on__gte=today).order_by("-opens_on"))
    found = kept.read(every, Figure.WAITING)
    told = [found[campaign.pk, Figure.WAITING].figures for campaign in every]
    people = told[0] if told else of_all.count_people()
    if user.has_perm("accounts.import_lists"):
        address = reverse("admin:accounts_user_invitations")
        one, many = "compte à inviter", "comptes à inviter"
        yield from _told(people[of_all.TO_INVITE], one, many, address)
    if user.has_perm("accounts.change_guardians"):
        address = reverse("admin:accounts_beneficiary_changelist") + "?responsables=aucun"
        one, many = "enfant sans responsable légal", "enfants sans responsable légal"
        yield from _told(people[of_all.WITHOUT_GUARDIAN], one, many, address)
    if user.has_perm("wallets.run_campaign"):
        for campaign, counts in zip(every, told, strict=True):
            if campaign.takes_tickets_on(today):
                address = reverse("admin:wallets_campaign_ouvrir", args=[campaign.pk])
                rest = f"sans porte-monnaie dans la campagne {campaign}"
                one, many = f"enfant inscrit {rest}", f"enfants inscrits {rest}"
                yield from _told(counts[of_all.WITHOUT_WALLETS], one, many, address)


def _told(count: int, one: str, many: str, address: str) -> Iterator[Waiting]:
    if count:
        yield Waiting(count, many if count > 1 else one, address)


def _questions(user: User) -> Iterator[Question]:
    if user.has_perm("accounts.import_lists"):
        yield from _imports(user)
    yield from _disputes(user)
    yield from _applications(user)
    yield from _bank_accounts(user)
    yield from _payments(user)
    if user.has_perm("partners.change_suggestion"):
        suggested = Suggestion.objects.filter(handled=False)
        address = reverse("admin:partners_suggestion_changelist") + "?handled__exact=0"
        one, many = "organisme proposé par une famille", "organismes proposés par des familles"
        yield Question(suggested, one, many, address)
    if user.has_perm("core.view_outgoingmail"):
        mails = OutgoingMail.objects.filter(status=STATUS.failed)
        address = f"{reverse('admin:core_outgoingmail_changelist')}?etat={STATUS.failed}"
        yield Question(mails, "e-mail abandonné", "e-mails abandonnés", address)
        one, many = "travail qui a échoué", "travaux qui ont échoué"
        yield Question(tasks.failed(), one, many, reverse("admin:works"))


def _imports(user: User) -> Iterator[Question]:
    """One that would change nothing waits for nobody, and who proposed one waits for somebody else."""
    address = f"{reverse('admin:backoffice_import_changelist')}?stage__exact="
    ready = Import.objects.filter(stage=Stage.READY, report__does_something=True)
    yield Question(ready, "import à relire", "imports à relire", f"{address}{Stage.READY}")
    one, many = "import dont les colonnes sont à relier", "imports dont les colonnes sont à relier"
    unmapped = Import.objects.filter(stage=Stage.UNMAPPED)
    yield Question(unmapped, one, many, f"{address}{Stage.UNMAPPED}")
    one, many = "import qui attend un second agent", "imports qui attendent un second agent"
    proposed = Import.objects.filter(stage=Stage.PROPOSED).exclude(proposed_by=user)
    yield Question(proposed, one, many, f"{address}{Stage.PROPOSED}")


def proposals(user: User) -> Iterator[Waiting]:
    """The acts that this agent may confirm, refuse, or see to their end."""
    for proposal in Proposal.objects.living().select_related("proposed_by").order_by("pk"):
        if user.has_perm(proposal.permission):
            # A proposal is feminine, an act is not.
            stopped = proposal.state == ProposalState.STOPPED
            state = "arrêté en route" if stopped else proposal.get_state_display()
            what = f"acte {state}{NBSP}: {proposal}, proposé par {proposal.proposed_by}"
            yield Waiting(1, what, proposal.page)


def board(user: User) -> dict[str, Any]:
    today = timezone.localdate()
    kept_of = counted(today)
    return {
        "campaigns": kept_of.campaigns,
        "counted_at": kept_of.at,
        "columns": sums.COLUMNS.values(),
        "corrections": corrections(timezone.now()),
        "weeks": kept_of.weeks,
        "waiting": list(waiting(user, today)),
        "sees_works": user.has_perm("core.view_outgoingmail"),
    }
