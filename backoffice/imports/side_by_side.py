"""What a line makes beside whom it is like: read from the base as the page is shown, for names have no second
place.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import Beneficiary, User
from backoffice.imports.directory.change import cells_of
from backoffice.imports.roster.change import CHILD
from backoffice.imports.roster.guardians import FIELDS
from backoffice.imports.roster.places import Places
from backoffice.imports.roster.pupils import SAID, Child
from backoffice.models import ImportLine
from partners.communes import Communes
from partners.models import Commune, Partner

GONE = {"état": "n’est plus là"}


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What the line makes, and those it is like; `rows` has a label, what the line says, what they say."""

    title: str
    others: list[str]
    rows: list[tuple[str, str, list[Cell]]]


class Others:
    """Whom the lines of one page are like, in as many queries for one line as for a hundred."""

    def __init__(self, lines: Iterable[ImportLine]) -> None:
        alike = [it for line in lines for it in line.said.get("alike", ())]
        wanted: dict[str, set[int]] = defaultdict(set)
        for it in alike:
            wanted[it["of"] if it["pk"] else "line"].add(it["pk"] or it["line"])
        self._found: dict[str, dict[int, Mapping[str, str]]] = {
            "child": _children(wanted["child"]) if wanted["child"] else {},
            "account": _accounts(wanted["account"]) if wanted["account"] else {},
            "partner": _partners(wanted["partner"]) if wanted["partner"] else {},
        }
        self._lines = {line.number: line for line in lines}
        if missing := wanted["line"] - self._lines.keys():
            job = next(iter(self._lines.values())).job_id
            self._lines |= {
                line.number: line for line in ImportLine.objects.filter(job=job, number__in=missing)
            }

    def beside(self, line: ImportLine) -> list[SideBySide]:
        """One for each thing that the line makes which is like others."""
        by_title: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for it in line.said.get("alike", ()):
            by_title[it["title"]].append(it)
        return [self._beside(line, title, alike) for title, alike in by_title.items()]

    def _beside(self, line: ImportLine, title: str, alike: list[dict[str, Any]]) -> SideBySide:
        mine = _said_of(line, title)
        theirs = [self._of(it) for it in alike]
        labels = dict.fromkeys(label for cells in (mine, *theirs) for label in cells)
        rows = [
            (label, mine.get(label, ""), [_cell(label, mine, cells) for cells in theirs]) for label in labels
        ]
        return SideBySide(title, [it["told"] for it in alike], rows)

    def _of(self, alike: dict[str, Any]) -> Mapping[str, str]:
        if not alike["pk"]:
            line = self._lines.get(alike["line"])
            return _said_of(line, alike["there"]) if line else GONE
        return self._found[alike["of"]].get(alike["pk"], GONE)


def _cell(label: str, mine: Mapping[str, str], theirs: Mapping[str, str]) -> Cell:
    text = theirs.get(label, "")
    return Cell(text, differs=label in mine and text != mine[label])


def _said_of(line: ImportLine, title: str) -> dict[str, str]:
    made = dict(line.said.get("made", ()))
    cells = dict(made.get(title, ()))
    if title == CHILD:
        cells["responsables"] = ", ".join(_guardians(line))
    return cells


def _guardians(line: ImportLine) -> list[str]:
    """By name, as `_children` says those who are there."""
    said = (dict(cells) for title, cells in line.said.get("made", ()) if title.startswith("Responsable"))
    return [it.get("identifiant") or " ".join(filter(None, (it.get("prénom"), it.get("nom")))) for it in said]


def _children(pks: set[int]) -> dict[int, Mapping[str, str]]:
    places = Places(Communes(Commune.objects.all()))
    children = Beneficiary.objects.filter(pk__in=pks).prefetch_related("guardians")
    found: dict[int, Mapping[str, str]] = {}
    for row in children:
        child = Child(**{name: getattr(row, name) for name in SAID})
        guardians = ", ".join(str(guardian) for guardian in row.guardians.all())
        found[row.pk] = dict(child.cells(places)) | {"responsables": guardians}
    return found


def _accounts(pks: set[int]) -> dict[int, Mapping[str, str]]:
    found: dict[int, Mapping[str, str]] = {}
    for user in User.objects.filter(pk__in=pks).prefetch_related("children"):
        cells = {column: str(getattr(user, name)) for column, name in FIELDS.items()}
        cells["enfants"] = ", ".join(f"{child} ({child.birth_year})" for child in user.children.all())
        found[user.pk] = {column: text for column, text in cells.items() if text}
    return found


def _partners(pks: set[int]) -> dict[int, Mapping[str, str]]:
    partners = Partner.objects.filter(pk__in=pks).select_related("commune")
    return {
        partner.pk: dict(cells_of(partner)) | {"activités": _activities(partner)}
        for partner in partners.prefetch_related("offers__activity")
    }


def _activities(partner: Partner) -> str:
    return ", ".join(
        sorted(f"{offer.activity.name} ({offer.get_kind_display()})" for offer in partner.offers.all())
    )
