"""Which organisme a line is about: by its SIRET, else its RNA number, else its name and commune."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.spelling import of_place, simplified
from core.spreadsheet_files.rows import Cells, RowRefused
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
    by_siret, by_rna = known.numbered["siret"].get(said.siret), known.numbered["rna"].get(said.rna)
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


def values_said(said: Identity, partner: Partner, known: Known) -> dict[str, object]:
    """What the line says of who it is about: another name, another commune, a number that was not known.

    Who was merged into it is called otherwise, and that is not said of it.
    """
    own = dict(_own(said, partner, known))
    numbers: dict[str, object] = {name: it for name, it in said.numbers.items() if name not in own}
    return _renaming(said, partner, known) | numbers


def _renaming(said: Identity, partner: Partner, known: Known) -> dict[str, object]:
    if partner.pk is None or partner in known.named.get(said.key, ()):
        return {}
    moved: dict[str, object] = {}
    if simplified(partner.name) != said.key[0]:
        moved["name"] = said.name
    if partner.commune_id != said.commune.pk:
        moved["commune"] = said.commune
    return moved


def notes_on(said: Identity, partner: Partner, known: Known) -> Iterator[str]:
    """What an agent should know of whom the line was taken for."""
    if partner.pk is None:
        return
    others = [one for one in known.named.get(said.key, ()) if one != partner]
    is_itself = (simplified(partner.name), partner.commune_id) == said.key
    if others and not is_itself:
        # Who has the SIRET of one and takes the name of another is perhaps both.
        town = of_place(str(said.commune))
        yield f"Un autre organisme {town} s’appelle déjà {said.name}. Est-ce le même{NBSP}?"
    elif any(getattr(partner, name) != number for name, number in _own(said, partner, known)) or (
        not is_itself and partner in known.named.get(said.key, ())
    ):
        if said.key in known.former:
            yield f"C’est un ancien nom{NBSP}: l’organisme s’appelle {_called(partner)}, et garde ce nom."
        else:
            yield f"C’est une fiche fusionnée dans {_called(partner)}{NBSP}: celle-ci est mise à jour."


def _own(said: Identity, partner: Partner, known: Known) -> list[tuple[str, str]]:
    """The numbers of the line that are its own, or those of who was merged into it."""
    return [(name, it) for name, it in said.numbers.items() if known.numbered[name].get(it) is partner]


def _called(partner: Partner) -> str:
    return f"{partner}, {partner.commune}"
