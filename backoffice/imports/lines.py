"""What an import says of each line of its file: kept until it is forgotten, and read by pages."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from backoffice.models import Choice, Contacts, Verdict

# A label of a column, and what stands there.
Cells = Sequence[tuple[str, str]]
# A label, what is there, and what the line wants there.
Edit = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """What a line makes: a child, a guardian, an organisme. Every column that is written of it."""

    title: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Alike:
    """Who is perhaps the same as what a line makes: a row that is there, or what another line makes."""

    told: str
    # The title of what it is like, in this line (`Made.title`).
    title: str
    of: Literal["child", "account", "partner"]
    pk: int | None = None
    line: int | None = None
    # Its title in that other line.
    there: str = ""
    # Who is there, by name, and what the line would change of it, where an agent may choose that.
    called: str = ""
    edits: Sequence[Edit] | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Another e-mail address or telephone that a line says of an account that is there."""

    account: int
    called: str
    field: Literal["email", "phone"]
    before: str
    after: str
    # Its owner answered from the address that is there: a school's list is often older.
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    verdict: Verdict
    name: str = ""
    told: str = ""
    made: Sequence[Made] = ()
    edits: Sequence[Edit] = ()
    notes: Sequence[str] = ()
    links: Sequence[str] = ()
    alike: Sequence[Alike] = ()
    contacts: Sequence[Contact] = ()

    def said(self) -> dict[str, Any]:
        """As `ImportLine.said` keeps it: what says nothing is left out."""
        said = {
            "made": [[it.title, [[*cell] for cell in it.cells]] for it in self.made],
            "edits": [[*edit] for edit in self.edits],
            "notes": [*self.notes],
            "links": [*self.links],
            "alike": [_fields(it) for it in self.alike],
            "contacts": [_fields(it) for it in self.contacts],
        }
        return {name: value for name, value in said.items() if value}

    @property
    def is_to_check(self) -> bool:
        return bool(self.notes or self.links or self.alike or self.contacts)

    @property
    def choice(self) -> Choice:
        """Of a line that is refused nothing is made."""
        return Choice.WAITING if self.alike and self.verdict != Verdict.REFUSED else Choice.NONE

    @property
    def contacts_state(self) -> Contacts:
        return Contacts.OFFERED if self.contacts else Contacts.NONE


def _fields(said: Alike | Contact) -> dict[str, Any]:
    return {field.name: getattr(said, field.name) for field in fields(said)}
