"""Personal data outside a person's own rows: found by key at once, by name in free texts."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q
from post_office.models import Email

from accounts.audit import FORGOTTEN, AuditEntry, subject_key
from accounts.models import Beneficiary, Guardianship, User
from accounts.proposals import Proposal
from accounts.security_log import SecurityEvent
from applications.models import (
    KINDS_OF_AN_ORGANISME,
    OPEN_STATES,
    Application,
    ApplicationKind,
    ApplicationState,
    Candidacy,
    Newcomer,
    NewSchool,
    NewSheet,
    OtherGuardian,
    Paper,
    Signature,
    SigningCode,
)
from core.models import Addressee, PreparedFile
from partners.models import Invitation, Membership, Role
from privacy.models import KeptWords
from tickets.models import Notice, Printing, Reminder, Ticket
from wallets.models import Wallet

from .free_texts import forget_in_texts, forget_log
from .names import SHORTEST, of_child, written_elsewhere
from .words import Words

# Rows of kept words, each of a batch of people: what is looked for in one reading of the texts.
KEPT_AT_ONCE = 100


@dataclass(frozen=True)
class Traces:
    """Read before the people are anonymised, removed after, in the transaction of the deed."""

    rows: Collection[Model]
    words: Words

    def remove(self) -> None:
        """Removes the traces, after the people have been anonymised."""
        self._of_their_own()
        forget_in_texts(self.words)

    def keep(self) -> None:
        """The same, but the texts of everybody are for `forget_kept`, which reads them once for the night."""
        self._of_their_own()
        if self.rows:
            KeptWords.objects.create(people=len(self.rows), words=self.words.as_json())

    def _of_their_own(self) -> None:
        """What is known to be about them by a key, wherever it is."""
        self._of_tickets()
        self._of_the_outbox()
        Invitation.objects.filter(accepted_by__in=self._pks(User)).delete()
        SecurityEvent.objects.filter(user__in=self._pks(User)).delete()
        children = self._pks(Beneficiary)
        applications = self._of_applications(children)
        wallets = Wallet.objects.filter(beneficiary__in=children)
        tickets = Ticket.objects.filter(wallet__beneficiary__in=children)
        about = [*self.rows, *wallets, *tickets, *applications]
        AuditEntry.objects.exclude(**FORGOTTEN).about(*about).forget()
        Proposal.objects.filter(subject_key__in=[subject_key(row) for row in about]).forget()
        same = Q(pk__in=[])
        for model in {type(row) for row in about}:
            ids = [str(row.pk) for row in about if isinstance(row, model)]
            same |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=ids)
        forget_log(LogEntry.objects.filter(same))
        # An export may name them: it is asked for anew.
        PreparedFile.objects.filter(Q(owner__is_staff=True) | Q(owner__in=self._pks(User))).delete()

    def _of_the_outbox(self) -> None:
        """What was written to them alone, at whatever address; what others read too is theirs no more."""
        own = Addressee.objects.filter(account__in=self._pks(User))
        others = Addressee.objects.filter(email=OuterRef("email")).exclude(account__in=self._pks(User))
        alone = own.filter(~Exists(others)).values_list("email", flat=True)
        Email.objects.filter(pk__in=list(alone)).delete()
        own.delete()

    def _of_applications(self, children: Collection[int]) -> Collection[Application]:
        """Their papers go, and why one was refused: that one asked, and what was decided, stays.

        No agent is to read one that has no papers any more, of somebody who is nobody.
        """
        theirs = Application.objects.filter(Q(beneficiary__in=children) | Q(sent_by__in=self._pks(User)))
        Paper.objects.filter(application__in=theirs.values("pk")).delete_content()
        theirs.filter(state__in=OPEN_STATES).update(state=ApplicationState.WITHDRAWN, reason="")
        theirs.exclude(reason="").update(reason=FORGOTTEN["reason"])
        for said in (Newcomer, NewSchool, NewSheet, OtherGuardian):
            said.objects.filter(application__in=theirs.values("pk")).delete()
        theirs.exclude(child_key="").update(child_key="")
        Candidacy.objects.filter(account__in=self._pks(User)).delete()
        SigningCode.objects.filter(account__in=self._pks(User)).delete()
        # What binds an organisme stays, with who signed it.
        Signature.objects.filter(application__in=theirs.values("pk")).forget()
        alone = (ApplicationKind.ENROLMENT, *KINDS_OF_AN_ORGANISME)
        return list(theirs.filter(Q(beneficiary__in=children) | Q(kind__in=alone)))

    def _of_tickets(self) -> None:
        """First: a message that is being composed for one of them is in the outbox then."""
        tickets = Ticket.objects.filter(wallet__beneficiary__in=self._pks(Beneficiary))
        Notice.objects.filter(ticket__in=tickets.values("pk")).delete()
        Printing.objects.filter(ticket__in=tickets.values("pk")).delete()
        Reminder.objects.filter(user__in=self._pks(User)).delete()

    def _pks(self, model: type[Model]) -> list[int]:
        return [row.pk for row in self.rows if isinstance(row, model)]


def read(*, users: Collection[User], children: Collection[Beneficiary]) -> Traces:
    """Reads the traces of accounts and children that are locked and about to be anonymised."""
    addresses = {address.upper() for user in users for address in _addresses(user)}
    first_names = {child.first_name for child in children if child.first_name}
    about = {address: first_names for address in addresses if first_names}
    guardians = Guardianship.objects.filter(beneficiary__in=children, user__anonymised_at=None)
    staying = guardians.exclude(user__in=users).exclude(beneficiary__first_name="")
    for user, email, first_name in staying.values_list("user", "user__email", "beneficiary__first_name"):
        for address in {email.upper(), *_written_to(user)} - {""}:
            about[address] = about.get(address, set()) | {first_name}
    for address, name in _told_of(users):
        about[address] = about.get(address, set()) | {name}
    names = (*(user.last_name for user in users), *(child.last_name for child in children))
    words = Words(
        words=set().union(*map(written_elsewhere, users), *map(of_child, children)),
        identifiants={user.username.casefold() for user in users},
        surnames={name for name in names if len(name) >= SHORTEST},
        addresses=addresses,
        about=about,
    )
    return Traces(rows=[*users, *children], words=words)


def forget_kept() -> int:
    """Look everywhere for the words that `keep` kept, and return of how many people they were.

    The words go last: whoever is stopped on the way begins again the next night.
    """
    people = 0
    while kept := list(KeptWords.objects.order_by("pk")[:KEPT_AT_ONCE]):
        forget_in_texts(Words.of(row.words for row in kept))
        # An export that was made meanwhile may name them.
        PreparedFile.objects.filter(owner__is_staff=True).delete()
        KeptWords.objects.filter(pk__in=[row.pk for row in kept]).delete()
        people += sum(row.people for row in kept)
    return people


def _told_of(users: Collection[User]) -> Iterator[tuple[str, str]]:
    """The managers of the organismes that they acted for, in capitals: each was told of them by name."""
    for user in users:
        theirs = Membership.objects.filter(user=user).values("partner")
        managers = Membership.objects.filter(partner__in=theirs, role=Role.MANAGER).exclude(user__in=users)
        for address in managers.exclude(user__email="").values_list("user__email", flat=True):
            yield address.upper(), str(user)


def _written_to(user_id: int) -> set[str]:
    """Every address at which this account has been written to of late, in capitals."""
    to = Email.objects.filter(addressees__account=user_id).values_list("to", flat=True)
    return {", ".join(address).upper() for address in to}


def _addresses(user: User) -> set[str]:
    """Also those that are asked for, and those of the days before."""
    changes = user.email_changes.values_list("old", "new")
    return {address for address in (user.email, user.former_email, *chain.from_iterable(changes)) if address}
