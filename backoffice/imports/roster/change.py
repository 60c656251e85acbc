"""One child as a line of the roster wants it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backoffice.imports.lines import Alike, Contact, Edit, Made

from .adults import Link
from .guardians import Person
from .known import Known
from .places import Places
from .pupils import Child

CHILD, LINKED = "Enfant", "Responsable légal relié"
OWN_ACCOUNT = "Compte de l’élève"


@dataclass(slots=True, eq=False)
class Change:
    """One child as the file wants it, and what is missing: guardians, a login of its own."""

    row: int
    child: Child
    known: Known | None
    # The columns of the child that it changes.
    edited: tuple[str, ...]
    guardians: Sequence[Link | Person]
    needs_login: bool
    # Of every account there is (Adults.called).
    called: Mapping[int, str]
    places: Places
    # Whom the child, or a guardian that it makes, is like.
    alike: tuple[Alike, ...]
    contacts: tuple[Contact, ...]

    @property
    def is_new(self) -> bool:
        return self.known is None

    @property
    def does_something(self) -> bool:
        return bool(self.edited or self.guardians or self.needs_login)

    @property
    def edits(self) -> list[Edit]:
        """Worded when they are read: a list of each would take as much memory as the children."""
        return self.child.edits(self.known.child, self.edited) if self.known else []

    @property
    def struck_off(self) -> Known | None:
        """The child, if it is enrolled and the line says « non »."""
        is_enrolled = self.known is not None and self.known.child.is_enrolled
        return self.known if is_enrolled and not self.child.is_enrolled else None

    @property
    def links(self) -> Iterator[tuple[int, str, str]]:
        """The accounts that were there before, and what proved that each is meant."""
        for guardian in self.guardians:
            if isinstance(guardian, Link):
                yield self.row, self.name, f"{self.called[guardian.pk]}, {guardian.proof}"

    @property
    def name(self) -> str:
        return str(self.child)

    @property
    def told(self) -> str:
        """Whom the child is entrusted to is an agent's to check: each account that is linked is named."""
        added = [
            f"responsable légal {guardian} (compte nouveau)"
            if isinstance(guardian, Person)
            else f"responsable légal relié au compte {self.called[guardian.pk]}"
            for guardian in self.guardians
        ]
        edits = [f"{label}\N{NO-BREAK SPACE}: {before} → {after}" for label, before, after in self.edits]
        return ", ".join([*edits, *added, *(["un compte pour l’élève"] if self.needs_login else [])])

    @property
    def made(self) -> list[Made]:
        """Every column that is written of whom it makes; and which accounts it links."""
        child = [Made(CHILD, self.child.cells(self.places))] if self.is_new else []
        guardians = [
            Made(guardian.title, guardian.cells())
            if isinstance(guardian, Person)
            else Made(LINKED, [("identifiant", self.called[guardian.pk])])
            for guardian in self.guardians
        ]
        names = [("prénom", self.child.first_name), ("nom", self.child.last_name)]
        return [*child, *guardians, *([Made(OWN_ACCOUNT, names)] if self.needs_login else [])]
