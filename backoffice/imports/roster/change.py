"""One child as a line of the roster wants it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .adults import Link
from .guardians import Person
from .known import Known
from .pupils import Child

OWN_ACCOUNT = "Compte de l’élève"


@dataclass(slots=True, eq=False)
class Change:
    """One child as the file wants it, and what is missing: guardians, a login of its own."""

    row: int
    child: Child
    known: Known | None
    differing: list[str]
    guardians: list[Link | Person]
    needs_login: bool
    # Of every account there is (Adults.called).
    called: Mapping[int, str]
    # Whom the child, or a guardian that it makes, is like.
    alike: list[str]

    @property
    def is_new(self) -> bool:
        return self.known is None

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
        return ", ".join([*self.differing, *added, *(["un compte pour l’élève"] if self.needs_login else [])])
