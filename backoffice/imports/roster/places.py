"""The communes of the territory, and the collèges."""

from collections import defaultdict
from collections.abc import Iterator, Set

from django.core.exceptions import ValidationError
from rapidfuzz import fuzz

from accounts.models import School
from accounts.school_codes import read_uai
from core.formats import plural
from core.spelling import at_place
from core.spreadsheet_files.rows import Cells, RowRefused
from partners.communes import Communes, NotACommune
from partners.words import simple_words

# What is in the name of any collège.
GENERAL = frozenset(simple_words("collège clg col établissement institution ensemble scolaire public privé"))
# Of a hundred: « Bruyère » is « Bruyères », and « Jean Moulin » is not « Jean Macé ».
NEAR = 88
NBSP = "\N{NO-BREAK SPACE}"
Said = tuple[str, str, str]


class Places:
    """The communes of the territory, and the collèges."""

    def __init__(self, communes: Communes) -> None:
        self._communes = communes
        self.known_schools = {school.uai: school for school in School.objects.all()}
        self.new_schools: dict[str, School] = {}
        # By UAI, name and town of a collège: what is otherwise there, and the lines that say it.
        self._otherwise: dict[Said, str] = {}
        self._lines: dict[Said, list[int]] = defaultdict(list)
        # As lists write them: a whole one has some hundreds of them, eighty thousand times.
        self._codes: dict[tuple[str, str], str] = {}

    def called(self) -> dict[str, str]:
        """The collèges that are known, as an agent reads them."""
        return {uai: f"{school.name} ({uai})" for uai, school in self.known_schools.items()}

    def called_school(self, uai: str) -> str:
        school = self.known_schools.get(uai) or self.new_schools.get(uai)
        return f"{school.name} ({uai})" if school else uai

    def called_commune(self, code: str) -> str:
        commune = self._communes.by_code.get(code)
        return f"{commune.name} ({code})" if commune else code

    def insee_code(self, code: str, name: str) -> str:
        """The code, else that of the name. Raises RowRefused."""
        if found := self._codes.get((code, name)):
            return found
        try:
            found = self._communes.code_of(code.upper().zfill(5) if code else "", name)
        except NotACommune as wrong:
            elsewhere = "" if code else " Pour une commune hors du département, donnez son code INSEE."
            raise RowRefused(f"{wrong}{elsewhere}") from wrong
        self._codes[code, name] = found
        return found

    def _uai(self, text: str) -> str:
        """One that is there already is right, however it is written. Raises RowRefused."""
        if (code := text.upper()) in self.known_schools:
            return code
        try:
            return read_uai(text)
        except ValidationError as wrong:
            raise RowRefused(wrong.message) from wrong

    def school(self, cells: Cells) -> School:
        """The collège of that UAI; a new one, if the line says its name and place. Raises RowRefused."""
        uai = self._uai(cells["UAI"])
        if school := self.known_schools.get(uai) or self.new_schools.get(uai):
            return school
        if not cells["Collège"]:
            raise RowRefused(f"Le collège {uai} n’est pas connu. Donnez aussi son nom et sa commune.")
        code = self.insee_code(cells["Code INSEE du collège"], cells["Commune du collège"])
        school = self.new_schools[uai] = School(uai=uai, name=cells["Collège"][:120], insee_code=code)
        return school

    def compare(self, line: int, uai: str, cells: Cells) -> None:
        """A code that slipped by one line is another collège’s: its name tells, or its town."""
        said = uai, cells["Collège"], cells["Commune du collège"]
        if said not in self._otherwise:
            self._otherwise[said] = self._what_differs(*said)
        if self._otherwise[said]:
            self._lines[said].append(line)

    def notes(self) -> Iterator[tuple[int, str]]:
        """Of what is said otherwise than of the collège: once, at the first line that does."""
        for said, (first, *others) in self._lines.items():
            more = f" (et {len(others)} autre{plural(len(others))} de même)" if others else ""
            yield first, f"{self._otherwise[said]}{more}"

    def _what_differs(self, uai: str, name: str, town: str) -> str:
        school = self.known_schools.get(uai) or self.new_schools[uai]
        there = self._communes.by_code.get(school.insee_code)
        called = f"{self.called_school(uai)}{NBSP}: vérifiez le code"
        if name and not _same_name(school.name, name, {*simple_words(there.name)} if there else set()):
            return f"La ligne dit {name}, et son UAI est celui de {called}"
        try:
            here = self._communes.named(town)
        except NotACommune:
            here = None
        if here and there and here != there:
            return f"La ligne dit un collège {at_place(here.name)}, et son UAI est celui de {called}"
        return ""

    def refuse_foreigners(self, home: str, school: School) -> None:
        """DOMAIN: « lives or goes to school in the département ». Raises RowRefused."""
        if not {home, school.insee_code} & self._communes.by_code.keys():
            raise RowRefused("L’élève n’habite pas le département, et son collège n’y est pas non plus.")


def _same_name(here: str, there: str, town: Set[str]) -> bool:
    """« CLG R. DESCARTES ANTONY » is « Descartes »; a name that says nothing else contradicts nobody."""
    ours, theirs = ({*simple_words(name)} - GENERAL for name in (here, there))
    ours, theirs = ours - town, theirs - town
    if ours <= theirs or theirs <= ours:
        return True
    return fuzz.ratio(" ".join(sorted(ours)), " ".join(sorted(theirs))) >= NEAR
