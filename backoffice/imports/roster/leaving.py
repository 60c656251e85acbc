"""Who is no longer enrolled: after a whole list, nobody of whom the file speaks anywhere.

After any list, also those whose line says « Inscrit : non ».
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.formats import counted_in_french

from .known import Known
from .mentions import Mentions

# Beyond either, one file too few is likelier than so many who left: the number is typed, and a second agent
# confirms it. A whole list after the summer strikes off a quarter, so it always has two readers.
MANY, SHARE = 200, 0.05


@dataclass(slots=True)
class Leaving:
    """Who would be struck off, who is not for being named somewhere, and who is enrolled as things are."""

    struck_off: list[Known]
    # Whose line says so.
    by_line: list[Known]
    kept: list[tuple[int, Known]]
    enrolled: Counter[str]
    is_complete: bool
    # The collèges that the file has a line of.
    named_schools: set[str]
    called: Mapping[str, str]

    def notes(self) -> Iterator[tuple[int, str]]:
        for line, known in self.kept:
            child = known.child
            yield line, f"{child} ({child.pupil_number}) y est nommé sans être lu, et reste inscrit."

    def report(self) -> dict[str, Any]:
        """For the page: by their ids, for names have no second place."""
        every = [*self.struck_off, *self.by_line]
        count, enrolled = len(every), self.enrolled.total()
        leaving = Counter(known.child.school_id for known in every)
        absent = [
            (uai, number)
            for uai, number in self.enrolled.items()
            if self.is_complete and uai not in self.named_schools
        ]
        return {
            "ids": [known.pk for known in every],
            "count": count,
            "enrolled": enrolled,
            "share": f"{100 * count / enrolled:.1f}".replace(".", ",") if enrolled else "0",
            "is_large": count > MANY or count > SHARE * enrolled,
            "schools": [
                (self.called.get(uai, uai), number, self.enrolled[uai])
                for uai, number in leaving.most_common()
            ],
            "absent": sorted(
                f"{self.called.get(uai, uai)}, {counted_in_french(number, 'inscrit')}"
                for uai, number in absent
            ),
        }


def who_leaves(
    pupils: Mapping[str, Known],
    seen: Mapping[str, int],
    mentions: Mentions,
    called: Mapping[str, str],
    *,
    by_line: list[Known],
    spared: Collection[int],
    is_complete: bool,
) -> Leaving:
    leaving = Leaving([], by_line, [], Counter(), is_complete, mentions.schools, called)
    for number, known in pupils.items():
        if not known.child.is_enrolled:
            continue
        leaving.enrolled[known.child.school_id] += 1
        if not is_complete or number in seen or known.pk in spared:
            continue
        if line := mentions.line_of(known):
            leaving.kept.append((line, known))
        else:
            leaving.struck_off.append(known)
    return leaving
