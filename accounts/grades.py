"""What a label of a school says of a child's level."""

import datetime as dt
import re
from functools import lru_cache

from core.spelling import simplified
from core.typed_dates import MONTHS

from .models import Grade

WORDS = dict(zip(("sixieme", "cinquieme", "quatrieme", "troisieme"), Grade, strict=True))
# « 6e », « 6EME SEGPA », « 6 ème », « 601 », « 6A », « 6e3 »; « ULIS 5EME ». « 345 », « 50 » are no class,
# « 2014 » a year, « 5 ans » an age, « 6 rue du Bac » an address.
LEVEL = re.compile(
    r"(?:(?:ulis|upe2a|segpa|classe|niveau|dispositif|de|en) )*([3-6])(?:0[1-9]|1[0-9]|[1-9])?(?![0-9])"
    rf"(?! ?(?:ans|rue|avenue|boulevard|place|chemin|impasse|allee|(?:{'|'.join(MONTHS)}) [0-9]{{2,4}})\b).*"
)
# How the ministry numbers them (MEF): 1001… is the 6e, 1031… the 3e.
NATIONAL = re.compile(r"10([0-3])[0-9]{8}")
# Each level that a label says in so many words: « 6e ou 5e », « 4EME/3EME ».
SAID = re.compile(rf"(?<![0-9a-z])([3-6]) ?(?:e|em|eme|ieme|o)(?![a-z])|\b({'|'.join(WORDS)})")
# « 6 ou 5 », « 4 et 3 »; « 6, 5, 4 ». But « 6-5 » is perhaps the fifth class of the 6e.
JOINED = re.compile(r"(?<![0-9a-z])([3-6])(?:(?: (?:ou|et|a|puis) | , )[3-6](?![0-9a-z]))+")


@lru_cache(maxsize=2_000)
def read_grade(text: str) -> Grade | None:
    """From the 6e to the 3e; None for any other, and for what says none: « CM2 », « 2NDE », « UPE2A »; or
    several, « 6e ou 5e ».
    """
    label = simplified(text)
    if says_several(text):
        return None
    if found := NATIONAL.fullmatch(label):
        return list(WORDS.values())[int(found[1])]
    for word, grade in WORDS.items():
        if label.startswith(word):
            return grade
    found = LEVEL.fullmatch(label)
    return Grade(found[1]) if found else None


def says_several(text: str) -> bool:
    """Of which nobody knows the one that is meant."""
    # « 6° » is said as « 6e »; a comma parts two, where most signs are within the name of a class.
    label = " , ".join(simplified(part) for part in re.split("[,;]", text.replace("°", "e")))
    said = {WORDS[word] if word else Grade(digit) for digit, word in SAID.findall(label)}
    if said and (first := LEVEL.fullmatch(label)):
        said.add(Grade(first[1]))
    return len(said) > 1 or any(len({*re.findall("[3-6]", it[0])}) > 1 for it in JOINED.finditer(label))


# In years, at the beginning of a school year in the 6e, of who never skipped nor repeated one.
AGE_IN_6E = 11
# Years of birth away from it: who came late from abroad, who skipped two.
USUAL = range(-3, 3)
# The month in which lists of the next school year begin to come.
AUGUST = 8


def agrees_with(grade: Grade, birth_year: int, today: dt.date) -> bool:
    """Whether somebody born then is likely in that level."""
    begun = today.year - (today.month < AUGUST)
    expected = begun - AGE_IN_6E - (6 - int(grade.value))
    return birth_year - expected in USUAL
