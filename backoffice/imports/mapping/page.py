"""The page on which an agent says which columns are which."""

from typing import Any

from django.http import HttpRequest

from core.spreadsheet_files.headings import Titles
from core.spreadsheet_files.shapes import letters_of

from .candidates import Candidate, candidates
from .form import MappingForm


class MappingPage:
    """The lines that are shown are read from the file each time: they have no second place.

    `ours`: our columns, with what agents said of them before. Raises NotReadable.
    """

    def __init__(self, content: bytes, ours: Titles, request: HttpRequest) -> None:
        self.lines = candidates(content, ours)
        asked = request.POST.get("titles") or request.GET.get("titres")
        self.chosen: Candidate = next((it for it in self.lines if it.key == asked), self.lines[0])
        self.form = MappingForm(request.POST or None, candidate=self.chosen, ours=ours)

    def context(self) -> dict[str, Any]:
        places = [place for place, _ in self.chosen.columns()]
        return {
            "lines": self.lines,
            "chosen": self.chosen,
            "heads": [(letters_of(place), self.chosen.titles[place]) for place in places],
            "below": [[cells[place] for place in places] for cells in self.chosen.below],
            "form": self.form,
            "adminform": self.form.drawn(),
        }
