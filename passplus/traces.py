"""What is written of people elsewhere than in their own rows: journal, outbox, reports, suggestions."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Upper
from post_office.models import Email

from accounts.models import FORGOTTEN, AuditEntry, Beneficiary, ForgottenRequest, User, subject_key
from accounts.proposals import Proposal
from accounts.security_log import SecurityEvent
from accounts.spelling import simplified
from core.models import PreparedFile
from partners.models import Suggestion
from tickets.models import Notice, Printing, Reminder, Ticket
from wallets.models import Wallet

from .models import Import

# Shorter than that, it is a word of everybody.
SHORTEST = 4


def of_account(user: User) -> set[str]:
    """The words by which somebody is written of."""
    said = {
        user.username,
        user.email,
        user.former_email,
        user.phone,
        user.address,
        *_both_ways(user.first_name, user.last_name),
    }
    return _long_enough(said)


def _written_elsewhere(user: User) -> set[str]:
    """The same, as sentences of ours write them.

    An identifiant may be a word of everybody: erasing `sport` must not take « Porte-monnaie Sport » along.
    """
    words, username = of_account(user), user.username.casefold()
    if username.isalpha():
        words = words - {username} | {f"({username})", f"compte {username}"}
    return words


def of_child(child: Beneficiary) -> set[str]:
    return _long_enough({child.pupil_number, *_both_ways(child.first_name, child.last_name)})


def _both_ways(first_name: str, last_name: str) -> Iterator[str]:
    if first_name and last_name:
        yield f"{first_name} {last_name}"
        yield f"{last_name} {first_name}"


def _long_enough(words: Iterable[str]) -> set[str]:
    return {word.casefold() for word in words if len(word) >= SHORTEST}


def named(words: Iterable[str], *texts: str) -> bool:
    """Whether one of the words, folded, stands in the texts, as a whole."""
    text = "\n".join(texts).casefold()
    # Most of the words are nowhere: they are sought plainly first.
    return any(word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in words)


def named_as_a_person(surnames: Iterable[str], *texts: str) -> bool:
    """Whether a surname stands in the texts as one writes it: « Petit » or « PETIT », not « petit »."""
    text = "\n".join(texts)
    return any(
        writing in text and re.search(rf"(?<!\w){re.escape(writing)}(?!\w)", text)
        for surname in surnames
        for writing in {surname, surname.upper(), surname.title()}
    )


@dataclass(frozen=True)
class Traces:
    """Read before the people are anonymised, removed after."""

    rows: Collection[Model]
    words: Collection[str]
    identifiants: Collection[str]
    # Of theirs, all; and those that nobody else here bears: where one stands alone, it is of them.
    surnames: Collection[str]
    rare_surnames: Collection[str]
    # To these nobody else is written.
    addresses: Collection[str]
    # To these a parent is still written, perhaps about one of these first names.
    shared: Collection[str]
    first_names: Collection[str]

    def remove(self) -> None:
        """In the transaction of the deed, once the people are nobody."""
        self._of_tickets()
        SecurityEvent.objects.filter(user__in=self._pks(User)).delete()
        self._in_the_journal()
        self._in_the_outbox()
        self._in_reports()
        self._in_suggestions()
        # An export may name them: it is asked for anew.
        PreparedFile.objects.filter(Q(owner__is_staff=True) | Q(owner__in=self._pks(User))).delete()

    def _of_tickets(self) -> None:
        """First: a message that is being composed for one of them is in the outbox then."""
        tickets = Ticket.objects.filter(wallet__beneficiary__in=self._pks(Beneficiary))
        Notice.objects.filter(ticket__in=tickets.values("pk")).delete()
        Printing.objects.filter(ticket__in=tickets.values("pk")).delete()
        Reminder.objects.filter(user__in=self._pks(User)).delete()

    def _in_the_journal(self) -> None:
        children = self._pks(Beneficiary)
        wallets = Wallet.objects.filter(beneficiary__in=children)
        tickets = Ticket.objects.filter(wallet__beneficiary__in=children)
        about = [*self.rows, *wallets, *tickets]
        lines = AuditEntry.objects.exclude(**FORGOTTEN)
        lines.about(*about).forget()
        said = lines.values_list("pk", "subject", "reason", "details", "concerns", "changes")
        lines.filter(pk__in=self._naming((pk, *map(str, texts)) for pk, *texts in said)).forget()
        # A file is called as somebody likes.
        imports = lines.filter(subject_key__startswith=f"{Import._meta.label_lower} ")
        called = imports.values_list("pk", "subject", "reason", "changes")
        theirs = [pk for pk, *texts in called if self._in_a_file_name(*map(str, texts))]
        lines.filter(pk__in=theirs).forget()
        self._in_proposals(about)
        self._in_the_log_of_the_admin(about)

    def _in_proposals(self, about: Iterable[Model]) -> None:
        proposals = Proposal.objects.exclude(subject=FORGOTTEN["subject"])
        said = proposals.values_list("pk", "subject", "reason", "answer", "said", "facts")
        naming = self._naming([(pk, *map(str, texts)) for pk, *texts in said])
        keys = [subject_key(row) for row in about]
        Proposal.objects.filter(Q(pk__in=naming) | Q(subject_key__in=keys)).forget()

    def _in_the_log_of_the_admin(self, about: Iterable[Model]) -> None:
        shown = LogEntry.objects.exclude(object_repr=FORGOTTEN["subject"])
        same = Q(pk__in=[])
        for model in {type(row) for row in about}:
            ids = [str(row.pk) for row in about if isinstance(row, model)]
            same |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=ids)
        naming = self._naming(shown.values_list("pk", "object_repr", "change_message"))
        shown.filter(same | Q(pk__in=naming)).update(object_repr=FORGOTTEN["subject"], change_message="")

    def _in_the_outbox(self) -> None:
        asked = ForgottenRequest.objects.values_list("pk", "contact")
        theirs = [pk for pk, contact in asked if contact.strip().casefold() in self.identifiants]
        ForgottenRequest.objects.filter(pk__in=[*self._naming(asked), *theirs]).delete()
        _of_address(Email.objects.all(), "to", self.addresses).delete()
        about = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in self.first_names) or r"(?!)")
        written = _of_address(Email.objects.all(), "to", self.shared).values_list("pk", "subject", "message")
        named = [pk for pk, *texts in written if any(about.search(text) for text in texts)]
        Email.objects.filter(pk__in=named).delete()

    def _in_reports(self) -> None:
        """Of an import: the lines that name one of them, what the file is called, and why it was done."""
        called = Import.objects.exclude(name=FORGOTTEN["subject"]).values_list("pk", "name", "reason")
        naming = [pk for pk, *texts in called if self._in_a_file_name(*texts) or named(self.words, *texts)]
        Import.objects.filter(pk__in=naming).update(name=FORGOTTEN["subject"], reason=FORGOTTEN["reason"])
        for pk, report in Import.objects.exclude(report={}).values_list("pk", "report"):
            rest = {name: self._without(told) for name, told in report.items()}
            if rest != report:
                Import.objects.filter(pk=pk).update(report=rest)

    def _in_suggestions(self) -> None:
        """Who proposed an organisme; and the organisme, where it is called like them."""
        theirs = Suggestion.objects.exclude(name=FORGOTTEN["subject"])
        naming = self._naming(theirs.values_list("pk", "name", "activity"))
        theirs.filter(pk__in=naming).update(name=FORGOTTEN["subject"], activity="", contact="")
        _of_address(Suggestion.objects.all(), "contact", self.addresses).update(contact="")

    def _in_a_file_name(self, *texts: str) -> bool:
        """There nothing is lost where a surname is a word too, and it is written in any way."""
        plain = f" {simplified(' '.join(texts))} "
        return any(f" {simplified(surname)} " in plain for surname in self.surnames)

    def _without(self, told: Any) -> Any:
        if not isinstance(told, list):
            return told
        return [line for line in told if not self._are_named(*map(str, line))]

    def _naming(self, rows: Iterable[Any]) -> list[int]:
        return [pk for pk, *texts in rows if self._are_named(*texts)]

    def _are_named(self, *texts: str) -> bool:
        return named(self.words, *texts) or named_as_a_person(self.rare_surnames, *texts)

    def _pks(self, model: type[Model]) -> list[int]:
        return [row.pk for row in self.rows if isinstance(row, model)]


def read(*, users: Collection[User], children: Collection[Beneficiary]) -> Traces:
    """Of accounts and children that are about to be anonymised, and are locked."""
    theirs = {address.upper() for user in users for address in _addresses(user)}
    living = User.objects.filter(anonymised_at=None).exclude(pk__in=[user.pk for user in users])
    others = _of_address(living, "email", theirs).values_list("email", flat=True)
    guardians = living.filter(guardianships__beneficiary__in=[child.pk for child in children])
    shared = {address.upper() for address in others}
    names = (*(user.last_name for user in users), *(child.last_name for child in children))
    surnames = {name for name in names if len(name) >= SHORTEST}
    return Traces(
        rows=[*users, *children],
        words=set().union(*map(_written_elsewhere, users), *map(of_child, children)),
        identifiants={user.username.casefold() for user in users},
        surnames=surnames,
        rare_surnames=surnames - _borne_by_others(surnames, living, [child.pk for child in children]),
        addresses=theirs - shared,
        shared={email.upper() for email in guardians.values_list("email", flat=True) if email} | shared,
        first_names={child.first_name for child in children if child.first_name},
    )


def _borne_by_others(surnames: set[str], living: QuerySet[User], children: Collection[int]) -> set[str]:
    others = Beneficiary.objects.filter(anonymised_at=None).exclude(pk__in=children)
    upper = {surname.upper() for surname in surnames}
    borne = {
        capitals
        for people in (living, others)
        for capitals in _of_address(people, "last_name", upper).values_list("capitals", flat=True)
    }
    return {surname for surname in surnames if surname.upper() in borne}


def _addresses(user: User) -> set[str]:
    """Also those that are asked for, and those of the days before."""
    changes = user.email_changes.values_list("old", "new")
    return {address for address in (user.email, user.former_email, *chain.from_iterable(changes)) if address}


def _of_address(rows: QuerySet[Any], column: str, addresses: Collection[str]) -> QuerySet[Any]:
    """An address is written in several ways. `addresses` are in capitals, as in the index of the accounts."""
    found: QuerySet[Any] = rows.annotate(capitals=Upper(column)).filter(capitals__in=addresses)
    return found
