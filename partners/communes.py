"""The communes of the territory, as lists and forms write them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from django.core.exceptions import ValidationError

from core.spelling import simplified

from .models import Commune
from .places import Place, Places
from .words import SAINTS, simple_words, typed_words

# What La Poste adds: « ANTONY CEDEX 2 ».
CEDEX = re.compile(r"\bcedex\b\s*\d*", re.IGNORECASE)
# Of the mainland's départements, of Corse, and of those overseas.
# What many write beside the name: « 92330 SCEAUX », « F-92330 Sceaux », « Sceaux (92) », « Sceaux - 92330 ».
POSTCODE = re.compile(
    r"(?<!\w)(?:F-?)?([0-9]{2}) ?([0-9]{3})(?!\w)|\(\s*([0-9]{2}|2[AB])\s*\)", re.IGNORECASE
)
DEPARTMENT = re.compile(r"([0-9]{2})[ -]+(\D+)|(\D+?)[ -]+([0-9]{2})")
INSEE_CODE = re.compile(r"(?:0[1-9]|[1-8][0-9]|9[0-5]|2[AB])(?!000)[0-9]{3}|9[78][0-9]{3}")


# « LE P R » tells nothing.
SHORTEST_WORD = 4


class NotACommune(ValueError):
    """Its message says to an agent what is wrong."""


class Communes:
    """Read by INSEE code and by name; by nothing that is merely alike, which is proposed."""

    def __init__(self, communes: Iterable[Commune]) -> None:
        communes = list(communes)
        self.by_code = {commune.insee_code: commune for commune in communes}
        self._by_name = {_key(commune.name): commune for commune in communes}
        self._by_parts = {tuple(_parts(commune.name)): commune for commune in communes}
        self._by_postcode = {code: commune for commune in communes for code in commune.postcodes}
        self._departments = {commune.insee_code[:2] for commune in communes}
        self._places = Places(Place(it.insee_code, it.name, it.position) for it in communes)

    def named(self, name: str) -> Commune | None:
        """« ST CLOUD », « PLESSIS ROBINSON (LE) », « ASNIERES S/ SEINE », « Antony Cedex », « NEUILLY S/S »;
        « 92330 SCEAUX », « Sceaux (92) », or its INSEE code.

        Raises NotACommune if the cell has a postcode, or a département, of another one.
        """
        if found := self.by_code.get(name.upper()):
            return None if name in self._by_postcode else found
        bare, code = self._apart(name)
        found = self._by_name.get(_key(bare)) or self._abbreviated(bare)
        if found and code and not self._is_of(code, found):
            raise NotACommune(
                f"{name}\N{NO-BREAK SPACE}: {code} n’est pas de {found.name}. Corrigez l’un des deux."
            )
        return found

    def _apart(self, name: str) -> tuple[str, str]:
        """The name, and a postcode or the number of a département: « 92 Sceaux », « Sceaux 92 »."""
        bare, code = without_postcode(name)
        found = DEPARTMENT.fullmatch(name) if not code else None
        if found and (number := found[1] or found[4]) in self._departments:
            return found[2] or found[3], number
        return bare, code

    def _is_of(self, code: str, commune: Commune) -> bool:
        """Whether a postcode, or the number of a département, may be that of the commune. La Poste has others
        for those who get much mail.
        """
        if code in commune.postcodes:
            return True
        departments = {commune.insee_code[:2], *(["20"] if commune.insee_code[1:2] in ("A", "B") else [])}
        return code not in self._by_postcode and code[:2] in departments

    def _abbreviated(self, name: str) -> Commune | None:
        """The one of which each word is written whole, or by its initial: « NEUILLY S/S », « Issy L. M. »."""
        written = [*_parts(name)]
        found = [commune for parts, commune in self._by_parts.items() if _abbreviates(written, parts)]
        return found[0] if len(found) == 1 else None

    def of(self, code: str, name: str) -> Commune:
        """By its code, else by its name. Raises NotACommune, also if they are of two."""
        by_name = self.named(name)
        if not code:
            if not by_name:
                raise NotACommune(self._unknown(name))
            return by_name
        found = self.by_code.get(code)
        if not found:
            raise NotACommune(self._no_code(code))
        if by_name and by_name != found:
            raise NotACommune(
                f"Le code INSEE {code} est celui de {found.name}, et non de {by_name.name}. Corrigez l’un "
                "des deux."
            )
        return found

    def code_of(self, code: str, name: str) -> str:
        """The same, as its code; that of a commune elsewhere too, which no name tells. Raises NotACommune."""
        is_elsewhere = INSEE_CODE.fullmatch(code) and code[:2] not in self._departments
        return code if is_elsewhere else self.of(code, name).insee_code

    def _no_code(self, code: str) -> str:
        sentence = f"{code} n’est le code INSEE d’aucune commune du département."
        if commune := self._by_postcode.get(code):
            sentence = (
                f"{code} n’est pas un code INSEE\N{NO-BREAK SPACE}: c’est le code postal de {commune.name}, "
                f"dont le code INSEE est {commune.insee_code}."
            )
        return sentence

    def _unknown(self, name: str) -> str:
        sentence = f"La commune {name or 'vide'} n’est pas dans la liste des communes."
        bare, code = without_postcode(name)
        if near := self._by_postcode.get(name) or self._near(bare) or self._by_postcode.get(code):
            sentence += f" Est-ce {near.name}\N{NO-BREAK SPACE}?"
        return sentence

    def _near(self, name: str) -> Commune | None:
        place = self._places.take(typed_words(CEDEX.sub("", name)), known=()).place
        return self.by_code[place.code] if place else None


def read_insee_code(text: str) -> str:
    """Of one of the département's communes, or of another département's. Raises ValidationError."""
    try:
        return Communes(Commune.objects.all()).code_of(text.upper(), "")
    except NotACommune as wrong:
        raise ValidationError(str(wrong), code="invalid") from wrong


def without_postcode(name: str) -> tuple[str, str]:
    """« 92330 SCEAUX » → « SCEAUX », « 92330 »; « Sceaux (92) » → « Sceaux », « 92 ». The first one."""
    found = POSTCODE.search(name)
    if not found:
        return name, ""
    bare = " ".join(POSTCODE.sub(" ", name).split()).strip(" -,()")
    code = f"{found[1]}{found[2]}" if found[1] else found[3]
    return (bare, code.upper()) if bare else (name, "")


def _parts(name: str) -> Iterator[str]:
    """Each word, the small ones too."""
    for word in simplified(CEDEX.sub("", name)).split():
        yield SAINTS.get(word, word)


def _abbreviates(written: Sequence[str], parts: Sequence[str]) -> bool:
    return (
        len(written) == len(parts)
        and written[0] == parts[0]
        and any(len(word) >= SHORTEST_WORD for word in written)
        and all(word == part or word == part[0] for word, part in zip(written, parts, strict=True))
    )


@lru_cache(maxsize=5_000)
def _key(name: str) -> tuple[str, ...]:
    return tuple(simple_words(CEDEX.sub("", name)))
