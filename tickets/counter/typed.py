"""The code in what a counter types, pastes or scans: maybe a whole address, or by a wrong keyboard."""

from dataclasses import dataclass

from core import codes, scanner_keyboards

# An address of ours is shorter; nothing longer is looked into.
LONGEST = 300


@dataclass(frozen=True)
class Reading:
    """A code that is well formed. `repaired`: only once the keys were read back."""

    code: str
    repaired: bool = False


def readings(text: str) -> list[Reading]:
    """The codes that the text may mean, the nearest first. Another one than the first is seldom there.

    Read back before its separators are taken for such: a « - » may be a 6.
    """
    if len(text) > LONGEST:
        return []
    found = {code: Reading(code, repaired=False) for code in _codes(text)}
    for meant in scanner_keyboards.repaired(text):
        for code in _codes(meant):
            found.setdefault(code, Reading(code, repaired=True))
    return list(found.values())


def _codes(text: str) -> list[str]:
    try:
        return [codes.read_code(text.strip().rstrip("/").rpartition("/")[2])]
    except codes.NotACode:
        return []
