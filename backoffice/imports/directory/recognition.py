"""Which organisme a line is about: by its SIRET, else its RNA number, else its name and commune."""

from dataclasses import dataclass, field

from backoffice.imports.spreadsheets.rows import Cells, RowRefused
from core.spelling import simplified
from partners.models import Commune, Partner
from partners.official_numbers import NotANumber, in_groups, read_rna, read_siret

from .known import Key, Known

NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Identity:
    """What a line says of who it is about. An empty number says nothing."""

    name: str
    commune: Commune
    siret: str
    rna: str

    @property
    def key(self) -> Key:
        return simplified(self.name), self.commune.insee_code

    @property
    def numbers(self) -> dict[str, str]:
        """The columns that are given."""
        return {name: value for name, value in (("siret", self.siret), ("rna", self.rna)) if value}


@dataclass
class Seen:
    """The lines before: no two are about one organisme."""

    partners: dict[int, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    names: dict[Key, list[tuple[int, str]]] = field(default_factory=dict)

    def refuse_again(self, row: int, said: Identity, partner: Partner) -> None:
        """Raises RowRefused."""
        for before in self._before(said, partner):
            raise RowRefused(f"C’est le même organisme qu’à la ligne {before}.")
        if partner.pk:
            self.partners[partner.pk] = row
        self.numbers |= dict.fromkeys(said.numbers.values(), row)
        self.names.setdefault(said.key, []).append((row, said.siret))

    def _before(self, said: Identity, partner: Partner) -> list[int]:
        if partner.pk in self.partners:
            return [self.partners[partner.pk]]
        by_number = [self.numbers[it] for it in said.numbers.values() if it in self.numbers]
        # Two that are called the same, and of which each line gives another SIRET, are two.
        named = self.names.get(said.key, [])
        return by_number or [row for row, siret in named if not (siret and said.siret)]


def identity_of(cells: Cells, known: Known) -> Identity:
    """Raises RowRefused."""
    try:
        numbers = [read(cells[column]) if cells[column] else "" for column, read in READERS.items()]
    except NotANumber as wrong:
        raise RowRefused(str(wrong)) from wrong
    return Identity(cells["Nom"], known.commune(cells), *numbers)


READERS = {"SIRET": read_siret, "RNA": read_rna}


def recognised(said: Identity, known: Known) -> Partner | None:
    """None if it is a new one. Raises RowRefused where the line is of two, or of nobody knows whom."""
    by_siret, by_rna = known.by_siret.get(said.siret), known.by_rna.get(said.rna)
    if by_siret and by_rna and by_siret != by_rna:
        raise RowRefused(f"Le SIRET est celui de {_called(by_siret)}, et le RNA celui de {_called(by_rna)}.")
    if not by_siret and by_rna and said.siret and by_rna.siret:
        raise RowRefused(
            f"Le RNA est celui de {_called(by_rna)}, dont le SIRET est {in_groups(by_rna.siret)}{NBSP}: "
            "s’il a changé, corrigez d’abord sa fiche."
        )
    return by_siret or by_rna or _named(said, known)


def _named(said: Identity, known: Known) -> Partner | None:
    named = [one for one in known.named.get(said.key, ()) if not differs(said, one)]
    if len(named) > 1:
        raise RowRefused(
            f"{len(named)} organismes s’appellent ainsi à {said.commune}{NBSP}: donnez le SIRET de celui-ci, "
            "ou fusionnez leurs fiches."
        )
    return named[0] if named else None


def differs(said: Identity, partner: Partner) -> bool:
    """Whether a number of the line says that it is another one, however it is called."""
    return any(getattr(partner, name) not in ("", value) for name, value in said.numbers.items())


def renaming(said: Identity, partner: Partner) -> dict[str, object]:
    """What else is called of who was recognised by a number: it has another name by now, or has moved."""
    if partner.pk is None:
        return {}
    moved: dict[str, object] = {}
    if simplified(partner.name) != said.key[0]:
        moved["name"] = said.name
    if partner.commune_id != said.commune.pk:
        moved["commune"] = said.commune
    return moved


def _called(partner: Partner) -> str:
    return f"{partner}, {partner.commune}"
