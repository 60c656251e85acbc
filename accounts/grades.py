"""What a label of a school says of a child's level."""

import re

from core.spelling import simplified

from .models import Grade

WORDS = dict(zip(("sixieme", "cinquieme", "quatrieme", "troisieme"), Grade, strict=True))
# « 6e », « 6EME SEGPA », « 6 ème », « 601 », « 6A », « 6e3 »; « ULIS 5EME ». Of four digits it is a year.
LEVEL = re.compile(r"(?:(?:ulis|upe2a|segpa|classe|niveau|dispositif) )*([3-6])(?![0-9]{3})(?![ ]?ans\b).*")
# How the ministry numbers them (MEF): 1001… is the 6e, 1031… the 3e.
NATIONAL = re.compile(r"10([0-3])[0-9]{8}")


def read_grade(text: str) -> Grade | None:
    """From the 6e to the 3e; None for any other, and for what says none: « CM2 », « 2NDE », « UPE2A »."""
    label = simplified(text)
    if found := NATIONAL.fullmatch(label):
        return list(WORDS.values())[int(found[1])]
    for word, grade in WORDS.items():
        if label.startswith(word):
            return grade
    found = LEVEL.fullmatch(label)
    return Grade(found[1]) if found else None
