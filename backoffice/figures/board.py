"""The home page of the administration: campaigns, activity, what waits for an agent."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncWeek
from django.urls import reverse
from django.utils import timezone
from post_office.models import STATUS

from accounts.models import Beneficiary, User
from accounts.proposals import Proposal, ProposalState
from backoffice.models import Import, Stage
from core import tasks
from core.models import OutgoingMail
from core.money import NBSP
from partners.models import Suggestion
from tickets.models import Ticket
from wallets.campaigns import without_wallets
from wallets.models import Campaign, Entry

from . import sums

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


def campaigns(today: dt.date) -> list[tuple[Campaign, list[sums.Sums]]]:
    """Those whose tickets may still be used, the newest first; the others have a page of their own."""
    current = Campaign.objects.filter(last_validation_on__gte=today).order_by("-opens_on")
    return sums.of(current, today)


def corrections(now: dt.datetime) -> str:
    """Those of the last day, of everybody."""
    since = Entry.objects.corrections_since(now - dt.timedelta(days=1))
    return str(since) if since.number else ""


def weeks(today: dt.date) -> list[Week]:
    """The last half year, this week included; a week without tickets is one too."""
    first = today - dt.timedelta(days=today.weekday(), weeks=WEEKS - 1)
    since = timezone.make_aware(dt.datetime.combine(first, dt.time()))
    created = Ticket.objects.filter(created_at__gte=since).order_by()
    counted = created.annotate(week=TruncWeek("created_at")).values_list("week").annotate(Count("pk"))
    tickets = {timezone.localtime(week).date(): count for week, count in counted}
    most = max(tickets.values(), default=1)
    mondays = [first + dt.timedelta(weeks=number) for number in range(WEEKS)]
    return [Week(day, tickets.get(day, 0), round(HIGHEST * tickets.get(day, 0) / most)) for day in mondays]


def _imports(user: User) -> Iterator[Waiting]:
    """One that would change nothing waits for nobody, and who proposed one waits for somebody else."""
    to_read = Import.objects.aggregate(
        ready=Count("pk", filter=Q(stage=Stage.READY, report__does_something=True)),
        unmapped=Count("pk", filter=Q(stage=Stage.UNMAPPED)),
        proposed=Count("pk", filter=Q(stage=Stage.PROPOSED) & ~Q(proposed_by=user)),
    )
    address = f"{reverse('admin:backoffice_import_changelist')}?stage__exact="
    yield _waiting(to_read["ready"], "import à relire", "imports à relire", f"{address}{Stage.READY}")
    if unmapped := to_read["unmapped"]:
        one, many = "import dont les colonnes sont à relier", "imports dont les colonnes sont à relier"
        yield _waiting(unmapped, one, many, f"{address}{Stage.UNMAPPED}")
    if proposed := to_read["proposed"]:
        one, many = "import qui attend un second agent", "imports qui attendent un second agent"
        yield _waiting(proposed, one, many, f"{address}{Stage.PROPOSED}")


def _works() -> Iterator[Waiting]:
    count = OutgoingMail.objects.filter(status=STATUS.failed).count()
    address = f"{reverse('admin:core_outgoingmail_changelist')}?etat={STATUS.failed}"
    yield _waiting(count, "e-mail abandonné", "e-mails abandonnés", address)
    if failed := tasks.failed().count():
        yield _waiting(failed, "travail qui a échoué", "travaux qui ont échoué", reverse("admin:works"))


def waiting(user: User, today: dt.date) -> Iterator[Waiting]:
    """What waits for this agent."""
    yield from proposals(user)
    if user.has_perm("accounts.import_lists"):
        yield from _imports(user)
        count = User.objects.never_activated().filter(access_code_at=None).count()
        address = reverse("admin:accounts_user_invitations")
        yield _waiting(count, "compte à inviter", "comptes à inviter", address)
    if user.has_perm("accounts.change_guardians"):
        count = Beneficiary.objects.without_guardian().count()
        address = reverse("admin:accounts_beneficiary_changelist") + "?responsables=aucun"
        yield _waiting(count, "enfant sans responsable légal", "enfants sans responsable légal", address)
    if user.has_perm("partners.change_suggestion"):
        count = Suggestion.objects.filter(handled=False).count()
        address = reverse("admin:partners_suggestion_changelist") + "?handled__exact=0"
        one, many = "organisme proposé par une famille", "organismes proposés par des familles"
        yield _waiting(count, one, many, address)
    if user.has_perm("wallets.run_campaign"):
        for campaign in Campaign.objects.open_on(today):
            count = without_wallets(campaign.pk).count()
            address = reverse("admin:wallets_campaign_ouvrir", args=[campaign.pk])
            rest = f"sans porte-monnaie dans la campagne {campaign}"
            yield _waiting(count, f"enfant inscrit {rest}", f"enfants inscrits {rest}", address)
        over = Campaign.objects.filter(last_ticket_on__lt=today, wallets__balance__gt=0)
        for campaign in over.annotate(unspent=Count("wallets")):
            address = reverse("admin:wallets_campaign_clore", args=[campaign.pk])
            yield Waiting(campaign.unspent, f"porte-monnaie à vider, campagne {campaign}", address)
    if user.has_perm("core.view_outgoingmail"):
        yield from _works()


def proposals(user: User) -> Iterator[Waiting]:
    """The acts that this agent may confirm, refuse, or see to their end."""
    for proposal in Proposal.objects.living().select_related("proposed_by").order_by("pk"):
        if user.has_perm(proposal.permission):
            # A proposal is feminine, an act is not.
            stopped = proposal.state == ProposalState.STOPPED
            state = "arrêté en route" if stopped else proposal.get_state_display()
            what = f"acte {state}{NBSP}: {proposal}, proposé par {proposal.proposed_by}"
            yield Waiting(1, what, proposal.page)


def _waiting(count: int, one: str, many: str, address: str) -> Waiting:
    return Waiting(count, many if count > 1 else one, address)


def board(user: User) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "campaigns": campaigns(today),
        "columns": sums.COLUMNS.values(),
        "corrections": corrections(timezone.now()),
        "weeks": weeks(today),
        "waiting": [one for one in waiting(user, today) if one.count],
        "sees_works": user.has_perm("core.view_outgoingmail"),
    }
