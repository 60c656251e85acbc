"""The lines of an import, as an agent reads them: counted, filtered by what comes of them, by pages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from accounts.models import User
from backoffice.models import Choice, Contacts, Import, ImportLine, Stage, Verdict
from core.formats import counted_in_french
from core.money import NBSP

from . import choices, contacts
from .choices import PageChoices
from .lines import Edit
from .side_by_side import Others, SideBySide

# Whoever may change an account by hand.
MAY_ASK = "accounts.change_user"
AT_ONCE = 100
# What comes of a line of which an agent said that it is of somebody who is there.
BY_CHOICE = {Choice.LEAVE.value: Verdict.LEFT, Choice.UPDATE.value: Verdict.CHANGED}
TO_DO, TO_CHECK, TO_CHOOSE, ALL, STAYS = "", "a-verifier", "a-choisir", "toutes", "reste"


@dataclass(frozen=True, slots=True)
class Filter:
    """A link to some of the lines."""

    name: str
    told: str
    count: int
    is_shown: bool

    @property
    def to(self) -> str:
        return f"?lignes={self.name}#lines"


@dataclass(frozen=True, slots=True)
class Update:
    """What the line changes of somebody who is there, if it is the same."""

    key: int
    called: str
    edits: list[Edit]
    is_chosen: bool

    @property
    def told(self) -> str:
        edits = (f"{label}{NBSP}: {was or 'rien'} → {now or 'rien'}" for label, was, now in self.edits)
        return ", ".join(edits) or "rien n’y change"


@dataclass(frozen=True, slots=True)
class ShownLine:
    row: ImportLine
    verdict: Verdict
    beside: list[SideBySide]
    updates: list[Update]
    is_to_choose: bool
    # Its new e-mail address and telephone are to be asked for, or not.
    may_ask: bool
    # Of an import that was taken back, what became of what the line did.
    undone: str


@dataclass(frozen=True, slots=True)
class Lines:
    """`sum` adds up to how many the file has."""

    read: str
    sum: list[Filter]
    others: list[Filter]
    shown: str
    page: Page[ImportLine]
    previous: str
    next: str
    lines: list[ShownLine]
    waiting: int
    alike: int
    with_contacts: int
    asked: int
    may_choose: bool
    may_ask: bool

    @property
    def has_choices(self) -> bool:
        """Whether there are any to make on this page."""
        return any(line.is_to_choose or line.may_ask for line in self.lines)


class CountedPages(Paginator[ImportLine]):
    """Whose number of lines is known: the base counts eighty thousand for nothing."""

    def __init__(self, lines: QuerySet[ImportLine], count: int) -> None:
        super().__init__(lines, AT_ONCE)
        self.count = count


def counts(job: Import) -> dict[Verdict, int]:
    """As the plan says, but for what an agent chose. They add up to the lines that were read."""
    counted = {verdict: job.report["counts"].get(verdict, 0) for verdict in Verdict}
    chosen = job.lines.filter(is_to_check=True, choice__in=BY_CHOICE)
    for choice, verdict, number in chosen.values_list("choice", "verdict").annotate(Count("pk")):
        counted[Verdict(verdict)] -= number
        counted[BY_CHOICE[choice]] += number
    if sum(counted.values()) != job.report["read"]:
        raise ValueError(f"{counted} are not the {job.report['read']} lines of import {job.pk}")
    return counted


def of(job: Import, asked: QueryDict, agent: User) -> Lines | None:
    """What the address asks for. None of an import that keeps no lines: it was refused, or is older."""
    if "read" not in job.report:
        return None
    counted, waiting = counts(job), choices.waiting(job).count()
    unchanged = job.lines.filter(verdict=Verdict.UNCHANGED)
    sizes: dict[str, int] = {
        TO_DO: job.report["read"] - counted[Verdict.UNCHANGED] + unchanged.filter(is_to_check=True).count(),
        ALL: job.report["read"],
        TO_CHECK: job.lines.filter(is_to_check=True).count(),
        TO_CHOOSE: waiting,
        **{verdict.value: count for verdict, count in counted.items()},
    }
    knows_lines = bool(job.report.get("undone", {}).get("knows_lines"))
    filters = OTHERS
    if knows_lines:
        sizes[STAYS], filters = job.lines.exclude(stays="").count(), OF_UNDONE
    shown = asked.get("lignes", TO_DO)
    shown = shown if shown in sizes else TO_DO
    page = CountedPages(_filtered(job, shown), sizes[shown]).get_page(asked.get("page"))
    rows = list(page.object_list)
    others = Others(rows) if any("alike" in row.said for row in rows) else None
    may_choose = job.stage == Stage.READY
    may_ask = may_choose and agent.has_perm(MAY_ASK)
    return Lines(
        read=_counted(job.report["read"], "ligne") + (" lues" if job.report["read"] > 1 else " lue"),
        sum=[
            Filter(it, _counted(counted[it], str(it.label)), counted[it], shown == it)
            for it in (Verdict.CREATED, Verdict.CHANGED, Verdict.UNCHANGED, Verdict.REFUSED, Verdict.LEFT)
            if counted[it] or it != Verdict.LEFT
        ],
        others=[Filter(name, told, sizes[name], shown == name) for name, told in filters.items()],
        shown=shown,
        page=page,
        previous=address(asked, page.previous_page_number()) if page.has_previous() else "",
        next=address(asked, page.next_page_number()) if page.has_next() else "",
        lines=[*_shown(rows, others, may_choose=may_choose, may_ask=may_ask, is_undone=knows_lines)],
        waiting=waiting,
        alike=choices.alike(job).count(),
        with_contacts=choices.with_contacts(job).count(),
        asked=contacts.asked(job).count(),
        may_choose=may_choose,
        may_ask=may_ask,
    )


OTHERS = {
    TO_DO: "ce qui change, ou est à vérifier",
    TO_CHOOSE: "à choisir",
    TO_CHECK: "à vérifier",
    ALL: "toutes",
}
OF_UNDONE = {
    TO_DO: "ce que l’import avait fait, ou à vérifier",
    STAYS: "ce qui en reste",
    TO_CHECK: "à vérifier",
    ALL: "toutes",
}


def _filtered(job: Import, shown: str) -> QuerySet[ImportLine]:
    lines = job.lines.order_by("number")
    is_changed = Q(verdict=Verdict.CHANGED) | Q(choice=Choice.UPDATE)
    filtered = {
        TO_DO: lines.exclude(verdict=Verdict.UNCHANGED, is_to_check=False),
        ALL: lines,
        TO_CHECK: lines.filter(is_to_check=True),
        TO_CHOOSE: choices.waiting(job).order_by("number"),
        STAYS: lines.exclude(stays=""),
        Verdict.LEFT: choices.left(job).order_by("number"),
        Verdict.CHANGED: lines.exclude(choice=Choice.LEAVE).filter(is_changed),
    }
    chosen = (Choice.LEAVE, Choice.UPDATE)
    return filtered.get(shown, lines.filter(verdict=shown).exclude(choice__in=chosen))


def _shown(
    rows: list[ImportLine], others: Others | None, *, may_choose: bool, may_ask: bool, is_undone: bool
) -> Iterator[ShownLine]:
    for row in rows:
        verdict = BY_CHOICE.get(row.choice) or Verdict(row.verdict)
        beside = others.beside(row) if others else []
        yield ShownLine(
            row,
            verdict,
            beside,
            [*_updates(row)],
            is_to_choose=may_choose and row.choice != Choice.NONE,
            may_ask=may_ask and row.contacts != Contacts.NONE,
            undone=_undone(row) if is_undone else "",
        )


def _updates(row: ImportLine) -> Iterator[Update]:
    for key, alike in choices.may_be_updated(row).items():
        yield Update(key, alike["called"], alike["edits"], is_chosen=row.same_as == key)


def _undone(row: ImportLine) -> str:
    if row.stays:
        return f"Annulé, sauf ce qui a servi depuis. Reste{NBSP}: {row.stays}."
    return "Annulé." if row.verdict in {Verdict.CREATED, Verdict.CHANGED} else ""


def number(count: int) -> str:
    """« 80 000 »."""
    return f"{count:,}".replace(",", NBSP)


def _counted(count: int, word: str) -> str:
    return f"{number(count)} {word}{'s' * (count > 1)}"


def page_choices(posted: QueryDict, agent: User) -> PageChoices:
    """« choix-12: create », « choix-13: update-45 » of each line that was chosen for, « coordonnees: 12 » of
    each whose contacts are asked for among those that were `shown`; and the buttons for all at once.
    """
    said: dict[str, list[int]] = {Choice.CREATE: [], Choice.LEAVE: []}
    for name, value in posted.items():
        if name.startswith("choix-") and value in said:
            said[str(value)].extend(_numbers([name.removeprefix("choix-")]))
    chosen = PageChoices(
        create=said[Choice.CREATE],
        leave=said[Choice.LEAVE],
        update=dict(_updates_said(posted)),
        create_the_rest="all" in posted,
    )
    if not agent.has_perm(MAY_ASK):
        return chosen
    asked = _numbers(posted.getlist("coordonnees"))
    return replace(
        chosen,
        asked=asked,
        not_asked=sorted({*_numbers(posted.getlist("shown"))} - {*asked}),
        ask_all="ask_all" in posted,
        ask_none="ask_none" in posted,
    )


def _updates_said(posted: QueryDict) -> Iterator[tuple[int, int]]:
    for name, value in posted.items():
        of_line = re.fullmatch("choix-([0-9]{1,7})", name)
        of_whom = re.fullmatch("update-([0-9]{1,15})", str(value))
        if of_line and of_whom:
            yield int(of_line[1]), int(of_whom[1])


def _numbers(typed: Iterable[str]) -> list[int]:
    return [int(text) for text in typed if re.fullmatch("[0-9]{1,7}", text)]


def going_to(posted: QueryDict) -> QueryDict:
    """The page of the lines whose button was pressed; else the one that was sent."""
    return QueryDict(str(posted["go"]).removeprefix("?").partition("#")[0]) if "go" in posted else posted


def address(asked: QueryDict, page: int | None = None) -> str:
    """Of the page that these fields are of."""
    said = {"lignes": asked.get("lignes", ""), "page": page or asked.get("page", "")}
    return f"?{urlencode({name: value for name, value in said.items() if value})}#lines"


def told(job: Import, lines: Lines | None) -> str:
    """What it would do as things are chosen; or what it did."""
    if lines is None or not lines.may_choose:
        return str(job.report.get("told", ""))
    likenesses = [counted_in_french(lines.alike, "ressemblance")] if lines.alike else []
    leaving = job.report.get("leaving", {}).get("count", 0) - len(choices.staying(job))
    besides = [counted_in_french(leaving, "désinscrit")] if leaving else []
    return ", ".join([*(it.told for it in lines.sum), *likenesses, *besides])
