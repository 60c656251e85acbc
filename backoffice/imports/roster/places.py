"""The communes of the territory, and the collèges."""

from django.core.exceptions import ValidationError

from accounts.models import School
from accounts.school_codes import read_uai
from core.spreadsheet_files.rows import Cells, RowRefused
from partners.communes import Communes, NotACommune


class Places:
    """The communes of the territory, and the collèges."""

    def __init__(self, communes: Communes) -> None:
        self._communes = communes
        self.known_schools = {school.uai: school for school in School.objects.all()}
        self.new_schools: dict[str, School] = {}

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
        try:
            return self._communes.code_of(code.upper().zfill(5) if code else "", name)
        except NotACommune as wrong:
            elsewhere = "" if code else " Pour une commune hors du département, donnez son code INSEE."
            raise RowRefused(f"{wrong}{elsewhere}") from wrong

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

    def refuse_foreigners(self, home: str, school: School) -> None:
        """DOMAIN: « lives or goes to school in the département ». Raises RowRefused."""
        if not {home, school.insee_code} & self._communes.by_code.keys():
            raise RowRefused("L’élève n’habite pas le département, et son collège n’y est pas non plus.")
