"""Organismes and activities that are like known ones: for an agent to look at, never acted upon."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from accounts.identity import digits_of
from backoffice.imports.lines import Alike
from core.spelling import simplified
from partners.models import Partner

# Of a hundred: « JUDO CLUB ANTONY » is « ANTONY JUDO CLUB », and not the tennis club of Antony.
NAMES, ACTIVITIES = 88, 80
SHOWN, COMPARED = 3, 20
OTHER_NUMBER = "même nom, même commune, autre SIRET ou RNA"
PARTNER = "Organisme"


@dataclass(frozen=True, slots=True)
class Seen:
    """An organisme that is there, or that a line makes."""

    called: str
    pk: int | None = None
    line: int | None = None

    def alike(self, why: str) -> Alike:
        told = f"ressemble à {self.called}\N{NO-BREAK SPACE}: {why}"
        return Alike(told, PARTNER, "partner", self.pk, self.line, PARTNER if self.line else "", self.called)


class LikePartners:
    """By a name that is nearly the same in the same commune, by a telephone, by an e-mail.

    Who is called exactly so is another one only if its SIRET or its RNA number is another.
    """

    def __init__(self, partners: Mapping[tuple[str, str], Iterable[Partner]]) -> None:
        self._named: dict[str, dict[str, Seen]] = defaultdict(dict)
        self._reached: dict[str, list[Seen]] = defaultdict(list)
        for (name, commune), named in partners.items():
            for partner in named:
                self._add(name, commune, partner, Seen(str(partner), pk=partner.pk))

    def like(self, row: int, name: str, partner: Partner) -> list[Alike]:
        """Whom this new one is like; the next lines are compared with it too."""
        commune = partner.commune_id
        near = process.extract(
            name,
            self._named[commune].keys(),
            scorer=fuzz.token_sort_ratio,
            score_cutoff=NAMES,
            limit=COMPARED,
        )
        told = {
            self._named[commune][other]: OTHER_NUMBER if other == name else "nom proche, même commune"
            for other, *_ in near
            if _numbers(other) == _numbers(name)
        }
        for contact, why in _contacts(partner):
            for seen in self._reached[contact][:SHOWN]:
                told.setdefault(seen, why)
        self._add(name, commune, partner, Seen(f"{partner} (ligne {row})", line=row))
        return [seen.alike(why) for seen, why in told.items()][:SHOWN]

    def _add(self, name: str, commune: str, partner: Partner, seen: Seen) -> None:
        self._named[commune][name] = seen
        for contact, _ in _contacts(partner):
            self._reached[contact].append(seen)


def _numbers(name: str) -> list[str]:
    """« CLUB 10 » is not « CLUB 1 »: of two names that are nearly the same they say that they are two."""
    return sorted(re.findall("[0-9]+", name))


def _contacts(partner: Partner) -> Iterator[tuple[str, str]]:
    if partner.phone:
        yield digits_of(partner.phone), "même téléphone"
    if partner.email:
        yield partner.email.lower(), "même adresse e-mail"


def nearest_activity(name: str, known: Sequence[str]) -> str:
    """The first known one that a new name is nearly written as, or holds; nothing if none is near."""
    folded = {simplified(one): one for one in known}
    near = process.extractOne(
        simplified(name), folded.keys(), scorer=fuzz.token_set_ratio, score_cutoff=ACTIVITIES
    )
    return folded[near[0]] if near else ""
