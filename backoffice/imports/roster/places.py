"""The communes of the territory, and the collèges."""

import re
from collections.abc import Mapping

from accounts.models import School
from backoffice.imports.spreadsheets.rows import Cells, RowRefused
from core.spelling import simplified


class Places:
    """The communes of the territory, and the collèges."""

    def __init__(self, communes: Mapping[str, str]) -> None:
        """`communes`: the INSEE code of each name."""
        self._codes = {simplified(name): code for name, code in communes.items()}
        self._territory = set(communes.values())
        self._here = {code[:2] for code in self._territory}
        self.known_schools = {school.uai: school for school in School.objects.all()}
        self.new_schools: dict[str, School] = {}

    def called(self) -> dict[str, str]:
        """The collèges that are known, as an agent reads them."""
        return {uai: f"{school.name} ({uai})" for uai, school in self.known_schools.items()}

    def insee_code(self, code: str, name: str) -> str:
        """The code, else that of the name. Raises RowRefused."""
        found = code.upper().zfill(5) if code else self._codes.get(simplified(name), "")
        if not re.fullmatch(r"\d[\dAB]\d{3}", found):
            raise RowRefused(
                f"La commune {code or name or 'vide'} n’est pas dans la liste des communes. "
                "Pour une commune hors du département, donnez son code INSEE."
            )
        if found not in self._territory and found[:2] in self._here:
            raise RowRefused(
                f"{found} n’est le code INSEE d’aucune commune du département. Est-ce un code "
                "postal\N{NO-BREAK SPACE}?"
            )
        return found

    def school(self, cells: Cells) -> School:
        """The collège of that UAI; a new one, if the line says its name and place. Raises RowRefused."""
        uai = cells["UAI"].upper()
        if school := self.known_schools.get(uai) or self.new_schools.get(uai):
            return school
        if not re.fullmatch(r"\d{7}[A-Z]", uai):
            raise RowRefused(f"{uai or 'Rien'} n’est pas un code UAI comme 0920001X.")
        if not cells["Collège"]:
            raise RowRefused(f"Le collège {uai} n’est pas connu. Donnez aussi son nom et sa commune.")
        code = self.insee_code(cells["Code INSEE du collège"], cells["Commune du collège"])
        school = self.new_schools[uai] = School(uai=uai, name=cells["Collège"][:120], insee_code=code)
        return school

    def refuse_foreigners(self, home: str, school: School) -> None:
        """DOMAIN: « lives or goes to school in the département ». Raises RowRefused."""
        if not {home, school.insee_code} & self._territory:
            raise RowRefused("L’élève n’habite pas le département, et son collège n’y est pas non plus.")
