"""The ways to reach somebody, and whether two contradict each other."""

from accounts.identity import digits_of
from core.spelling import simplified

EMAIL = "même adresse e-mail"


def contacts(email: str, phone: str, address: str, postcode: str) -> dict[int, str]:
    """A digest of each way to reach somebody, and what two who share it share.

    Digests, because a hundred thousand addresses take much memory.
    """
    digits, home = digits_of(phone), simplified(address)
    ways: dict[int, str] = {}
    if email:
        ways[hash(email.lower())] = EMAIL
    if digits:
        ways[hash(digits)] = "même téléphone"
    if home:
        ways[hash((home, postcode))] = "même adresse"
    return ways


def contradicts(here: str, there: str) -> bool:
    return bool(here and there) and here.lower() != there.lower()


def differs(here: str, there: str) -> bool:
    """A file that says nothing does not contradict."""
    return bool(there) and here != there
