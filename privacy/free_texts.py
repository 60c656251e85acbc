"""Texts that may name anybody: journal, outbox, reports, suggestions. They are read once for many people.

In pages by key, each row changed as its page is read: in a transaction of a caller, or in none.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, Upper
from post_office.models import Email

from accounts.audit import FORGOTTEN, AuditEntry
from accounts.models import Beneficiary, ForgottenRequest, SignUp, User
from accounts.proposals import Proposal
from applications.models import OtherGuardian
from core.mail import REPLY_TO
from core.spelling import simplified
from partners.models import Invitation, Suggestion

from .whole_words import WholeWords
from .words import Words

PAGE, PAGE_OF_REPORTS = 1000, 20
# Of one statement, below what SQLite takes.
MOST_PARAMETERS = 5000
# Of a regular expression: of more people, the night reads all rows.
MOST_NEEDLES = 100
# Whose names are those of files, as somebody likes to call them.
FILES = ("backoffice.import ",)
# `register` adds to it.
ALSO: list[Callable[["Search"], None]] = []


def register(forget: Callable[["Search"], None]) -> None:
    """Let the columns of a room further right be looked into too; called as its app is ready."""
    ALSO.append(forget)


def forget_in_texts(words: Words) -> None:
    """Once the people are nobody: who still bears their names or has their addresses is somebody else."""
    search = Search(words)
    search.in_the_journal()
    search.in_proposals()
    search.in_the_log_of_the_admin()
    search.in_the_outbox()
    search.in_suggestions()
    search.in_what_an_address_waits_for()
    for forget in ALSO:
        forget(search)


class Search:
    """What is looked for, and the columns of this room and of those on its left where it may stand."""

    def __init__(self, words: Words) -> None:
        living, others = (model.objects.filter(anonymised_at=None) for model in (User, Beneficiary))
        borne = {
            capitals
            for people in (living, others)
            for capitals in _in_capitals(people, "last_name", {name.upper() for name in words.surnames})
        }
        # That nobody else here bears: where one stands alone, it is of them.
        rare = {surname for surname in words.surnames if surname.upper() not in borne}
        self.words = WholeWords(words.words)
        self.people = WholeWords({way for name in rare for way in (name, name.upper(), name.title())})
        self.in_files = WholeWords({simplified(name) for name in words.surnames} - {""})
        self.identifiants = words.identifiants
        # To the others somebody else is still written.
        self.addresses = set(words.addresses) - _in_capitals(living, "email", words.addresses)
        self.about = words.about

    def in_the_journal(self) -> None:
        lines = AuditEntry.objects.exclude(**FORGOTTEN)
        columns = ("subject_key", "subject", "reason", "changes", "details", "concerns")
        for page in pages(lines, *columns):
            theirs = [
                pk
                for pk, key, *texts in page
                if self.named(*texts) or (key.startswith(FILES) and self.in_a_file_name(*texts[:3]))
            ]
            if theirs:
                AuditEntry.objects.filter(pk__in=theirs).forget()

    def in_proposals(self) -> None:
        proposals = Proposal.objects.exclude(subject=FORGOTTEN["subject"])
        for naming in self.naming(proposals, "subject", "reason", "answer", "said", "facts"):
            Proposal.objects.filter(pk__in=naming).forget()

    def in_the_log_of_the_admin(self) -> None:
        shown = LogEntry.objects.exclude(object_repr=FORGOTTEN["subject"])
        for naming in self.naming(shown, "object_repr", "change_message"):
            forget_log(LogEntry.objects.filter(pk__in=naming))

    def in_the_outbox(self) -> None:
        for page in pages(ForgottenRequest.objects.all(), "contact"):
            theirs = [
                pk
                for pk, contact in page
                if contact.strip().casefold() in self.identifiants or self.named(contact)
            ]
            ForgottenRequest.objects.filter(pk__in=theirs).delete()
        for page in pages(Email.objects.all(), "to", "headers"):
            to = {pk: ", ".join(address).upper() for pk, address, _ in page}
            # Of what was written to us and is not sent yet: whom an answer would go to.
            answered = {pk: (said or {}).get(REPLY_TO, "").upper() for pk, _, said in page}
            theirs = [pk for pk, address in to.items() if self.addresses & {address, answered[pk]}]
            others = [pk for pk, address in to.items() if address in self.about]
            if theirs or others:
                Email.objects.filter(pk__in=[*theirs, *self._about_them(others, to)]).delete()

    def _about_them(self, emails: Collection[int], to: Mapping[int, str]) -> Iterator[int]:
        written = Email.objects.filter(pk__in=emails).values_list("pk", "subject", "message")
        for pk, *texts in written.iterator(PAGE_OF_REPORTS):
            if WholeWords(self.about[to[pk]]).found_in("\n".join(texts)):
                yield pk

    def in_suggestions(self) -> None:
        """Who proposed an organisme; and the organisme, where it is called like them."""
        proposed = Suggestion.objects.exclude(name=FORGOTTEN["subject"])
        for naming in self.naming(proposed, "name", "activity"):
            Suggestion.objects.filter(pk__in=naming).update(
                name=FORGOTTEN["subject"], activity="", contact=""
            )
        for page in pages(Suggestion.objects.exclude(contact=""), "contact"):
            theirs = [pk for pk, contact in page if contact.upper() in self.addresses]
            Suggestion.objects.filter(pk__in=theirs).update(contact="")

    def in_what_an_address_waits_for(self) -> None:
        """To act for an organisme or for a child, or to make an account."""
        for model in (Invitation, SignUp, OtherGuardian):
            for page in pages(model.objects.all(), "email"):
                theirs = [pk for pk, email in page if email.upper() in self.addresses]
                model.objects.filter(pk__in=theirs).delete()

    def in_a_file_name(self, *texts: Any) -> bool:
        """There nothing is lost where a surname is a word too, and it is written in any way."""
        return self.in_files.found_in(simplified(" ".join(map(str, texts))))

    def without(self, told: Any) -> Any:
        if not isinstance(told, list):
            return told
        return [line for line in told if not self.named(*line)]

    def naming(self, rows: QuerySet[Any], *columns: str) -> Iterator[list[int]]:
        for page in pages(rows, *columns):
            if naming := [pk for pk, *texts in page if self.named(*texts)]:
                yield naming

    def likely(self, rows: QuerySet[Any], *columns: str) -> QuerySet[Any]:
        """Without most of those that name none of them, as the database finds out: of few people, it reads a
        hundred thousand rows in the time that we take for ten thousand.
        """
        needles = self.words.needles() | self.people.needles()
        if "" in needles or len(needles) > MOST_NEEDLES:
            return rows
        if not needles:
            return rows.none()
        text = Concat(*(Cast(column, TextField()) for column in columns), Value(""), output_field=TextField())
        found: QuerySet[Any] = rows.alias(text=text).filter(text__iregex="|".join(sorted(needles)))
        return found

    def named(self, *texts: Any) -> bool:
        """A surname alone counts as one writes it: « Petit » or « PETIT », not « petit »."""
        return self.worded(*texts) or self.people.found_in("\n".join(map(str, texts)))

    def worded(self, *texts: Any) -> bool:
        return self.words.found_in("\n".join(map(str, texts)).casefold())


def forget_log(lines: QuerySet[LogEntry]) -> int:
    return lines.update(object_repr=FORGOTTEN["subject"], change_message="")


def pages(rows: QuerySet[Any], *columns: str, at_once: int = PAGE) -> Iterator[list[tuple[Any, ...]]]:
    last, is_full = 0, True
    while is_full:
        page = list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", *columns)[:at_once])
        yield page
        is_full = len(page) == at_once
        last = page[-1][0] if page else last


def _in_capitals(rows: QuerySet[Any], column: str, capitals: Collection[str]) -> set[str]:
    """Which of these are there, written in any way: as in the index of the accounts' addresses."""
    written = rows.annotate(capitals=Upper(column)).values_list("capitals", flat=True)
    asked = list(capitals)
    parts = (asked[start : start + MOST_PARAMETERS] for start in range(0, len(asked), MOST_PARAMETERS))
    return {found for part in parts for found in written.filter(capitals__in=part)}
