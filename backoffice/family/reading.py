"""A child with its money, its tickets and who acts for it, in a number of queries that does not grow."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, QuerySet

from accounts.audit import AuditEntry
from accounts.models import Beneficiary, Guardianship, User
from backoffice.journal.history import belonging_to
from core.models import OutgoingMail
from partners.models import Commune
from tickets.models import Ticket
from tickets.reading import TicketBreakdown, breakdowns_with_tickets
from wallets.models import Wallet

# Of each, the newest; the others are in a list of their own.
TICKETS_SHOWN = 30
LINES_SHOWN = MAILS_SHOWN = 10


@dataclass(frozen=True)
class Family:
    """What an agent on the telephone is asked about."""

    child: Beneficiary

    @cached_property
    def commune(self) -> str:
        """By its name; by its code alone where no commune has it."""
        found = Commune.objects.filter(pk=self.child.insee_code).first()
        return str(found or self.child.insee_code)

    @cached_property
    def wallets(self) -> list[TicketBreakdown]:
        """Of every campaign, the newest first."""
        theirs = Wallet.objects.filter(beneficiary=self.child.pk, undone_at=None)
        newest_first = theirs.select_related("campaign", "beneficiary__school").in_order()
        return breakdowns_with_tickets(sorted(newest_first, key=_newest_campaign_first))

    @cached_property
    def tickets(self) -> list[Ticket]:
        return list(self._tickets[:TICKETS_SHOWN])

    @cached_property
    def has_more_tickets(self) -> bool:
        return self._tickets[TICKETS_SHOWN:].exists()

    @property
    def _tickets(self) -> QuerySet[Ticket]:
        theirs = Ticket.objects.with_beneficiary().filter(wallet__beneficiary=self.child.pk)
        return theirs.select_related("wallet__beneficiary__school", "remade_as").order_by("-number")

    @cached_property
    def guardians(self) -> list[User]:
        """Each with its other children (`others_of`)."""
        links = Guardianship.objects.select_related("beneficiary").order_by("beneficiary__first_name", "pk")
        theirs = User.objects.filter(guardianships__beneficiary=self.child.pk)
        return list(theirs.prefetch_related(Prefetch("guardianships", links)).order_by("username"))

    @property
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

    def journal(self) -> QuerySet[AuditEntry]:
        lines = AuditEntry.objects.about(self.child, *belonging_to(self.child)).select_related("actor")
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
