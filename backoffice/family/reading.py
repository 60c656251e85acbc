"""A child with its money, its tickets and who acts for it, in a number of queries that does not grow."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model, OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects

from accounts.audit import AuditEntry
from accounts.models import Beneficiary, Guardianship, User
from applications.models import Application
from core.models import OutgoingMail
from partners.models import Commune
from tickets.disputes import with_disputes
from tickets.models import Ticket
from tickets.reading import TicketBreakdown, entries_with_tickets
from wallets.models import Wallet

# Of each, the newest; the others are in a list of their own.
TICKETS_SHOWN = 30
LINES_SHOWN = MAILS_SHOWN = 10


def with_places(children: QuerySet[Beneficiary]) -> QuerySet[Any]:
    """With their collège, and the name of their commune: empty where none has that code."""
    commune = Commune.objects.filter(pk=OuterRef("insee_code")).values("name")
    return children.select_related("school").annotate(commune=Subquery(commune))


@dataclass(frozen=True)
class Family:
    """What an agent on the telephone is asked about. The child is read by `with_places`."""

    child: Any

    def __post_init__(self) -> None:
        """The acts ask for the guardians too: they are read once, with their other children."""
        children = Guardianship.objects.select_related("beneficiary").order_by("pk")
        links = Guardianship.objects.select_related("user").order_by("user__username")
        links = links.prefetch_related(Prefetch("user__guardianships", children))
        prefetch_related_objects([self.child], Prefetch("guardianships", links))

    @cached_property
    def wallets(self) -> list[TicketBreakdown]:
        """Of every campaign, the newest first."""
        standing = [wallet for wallet in self._wallets if not wallet.undone_at]
        newest_first = sorted(standing, key=_newest_campaign_first)
        return [TicketBreakdown(wallet, list(wallet.entries.all())) for wallet in newest_first]

    @cached_property
    def _wallets(self) -> list[Wallet]:
        theirs = Wallet.objects.filter(beneficiary=self.child.pk).in_order()
        return list(theirs.prefetch_related(Prefetch("entries", entries_with_tickets())))

    @cached_property
    def tickets(self) -> list[Ticket]:
        return self._tickets[:TICKETS_SHOWN]

    @property
    def has_more_tickets(self) -> bool:
        return len(self._tickets) > TICKETS_SHOWN

    @cached_property
    def _tickets(self) -> list[Ticket]:
        theirs = Ticket.objects.with_places().filter(wallet__beneficiary=self.child.pk)
        theirs = theirs.select_related("remade_as").prefetch_related(with_disputes())
        return list(theirs.order_by("-number")[: TICKETS_SHOWN + 1])

    @cached_property
    def applications(self) -> list[Application]:
        """The newest first."""
        theirs = Application.objects.filter(beneficiary=self.child.pk).select_related(
            "campaign", "beneficiary"
        )
        return list(theirs.order_by("-number"))

    @cached_property
    def guardians(self) -> list[User]:
        return [link.user for link in self.child.guardianships.all()]

    @cached_property
    def accounts(self) -> list[User]:
        """The guardians, and the child's own login where it has one."""
        return [*self.guardians, *([self.child.user] if self.child.user else [])]

    def others_of(self, guardian: User) -> list[Beneficiary]:
        children = [link.beneficiary for link in guardian.guardianships.all()]
        return [child for child in children if child.pk != self.child.pk and not child.anonymised_at]

    @cached_property
    def others(self) -> list[Beneficiary]:
        """The other children of its guardians, each once."""
        found = {child.pk: child for guardian in self.guardians for child in self.others_of(guardian)}
        return sorted(found.values(), key=lambda child: child.full_name)

    @property
    def rows(self) -> list[Model]:
        """All that is the child's, older tickets by their numbers alone."""
        entries: list[Any] = [entry for wallet in self._wallets for entry in wallet.entries.all()]
        every = {entry.of_ticket for entry in entries}
        older = every - {None} - {ticket.pk for ticket in self.tickets}
        tickets = [*self.tickets, *(Ticket(pk=number) for number in older)]
        return [self.child, *self._wallets, *tickets, *self.applications, *self.accounts]

    def journal(self) -> QuerySet[AuditEntry]:
        lines = AuditEntry.objects.about(*self.rows).select_related("actor")
        return lines.order_by("-pk")[:LINES_SHOWN]

    def mails(self) -> QuerySet[OutgoingMail]:
        """Never their texts: a link in one opens an account."""
        ids = [account.pk for account in self.accounts]
        written: QuerySet[OutgoingMail] = OutgoingMail.objects.filter(addressees__account__in=ids).defer(
            "message", "html_message"
        )
        return written.distinct().order_by("-pk")[:MAILS_SHOWN]


def _newest_campaign_first(wallet: Wallet) -> tuple[int, int]:
    return -wallet.campaign.opens_on.toordinal(), wallet.campaign_id
