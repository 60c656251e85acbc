"""Organismes and activities that are like known ones: for an agent to look at, never acted upon."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import fuzz, process

from accounts.identity import digits_of
from core.spelling import simplified
from partners.models import Partner

# Of a hundred: « JUDO CLUB ANTONY » is « ANTONY JUDO CLUB », and not the tennis club of Antony.
NAMES, ACTIVITIES = 88, 80
SHOWN, COMPARED = 3, 20
OTHER_NUMBER = "même nom, même commune, autre SIRET ou RNA"


class LikePartners:
    """By a name that is nearly the same in the same commune, by a telephone, by an e-mail.

    Who is called exactly so is another one only if its SIRET or its RNA number is another.
    """

    def __init__(self, partners: Mapping[tuple[str, str], Iterable[Partner]]) -> None:
        self._named: dict[str, dict[str, str]] = defaultdict(dict)
        self._reached: dict[str, list[str]] = defaultdict(list)
        for (name, commune), named in partners.items():
            for partner in named:
                self._add(name, commune, partner, str(partner))

    def like(self, row: int, name: str, partner: Partner) -> list[str]:
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
            for called in self._reached[contact][:SHOWN]:
                told.setdefault(called, why)
        self._add(name, commune, partner, f"{partner} (ligne {row})")
        return [f"ressemble à {called}\N{NO-BREAK SPACE}: {why}" for called, why in told.items()][:SHOWN]

    def _add(self, name: str, commune: str, partner: Partner, called: str) -> None:
        self._named[commune][name] = called
        for contact, _ in _contacts(partner):
            self._reached[contact].append(called)


def _numbers(name: str) -> list[str]:
    """« CLUB 10 » is not « CLUB 1 »: of two names that are nearly the same they say that they are two."""
    return sorted(re.findall("[0-9]+", name))


def _contacts(partner: Partner) -> Iterator[tuple[str, str]]:
    if partner.phone:
        yield digits_of(partner.phone), "même téléphone"
    if partner.email:
        yield partner.email.lower(), "même adresse e-mail"


def nearest_activity(name: str, known: set[str]) -> str:
    """The known one that a new name is nearly written as, or holds; nothing if none is near."""
    folded = {simplified(one): one for one in known}
    near = process.extractOne(
        simplified(name), folded.keys(), scorer=fuzz.token_set_ratio, score_cutoff=ACTIVITIES
    )
    return folded[near[0]] if near else ""
