"""The ways to reach somebody, and whether two contradict each other."""

from collections.abc import Hashable

from accounts.identity import digits_of
from core.spelling import simplified

EMAIL = "même adresse e-mail"


def contacts(email: str, phone: str, address: str, postcode: str) -> dict[Hashable, str]:
    """Each way to reach somebody, and what two who share it share.

    What only shows that two are alike stands as its digest: a hundred thousand addresses take much memory.
    """
    digits, home = digits_of(phone), simplified(address)
    ways: dict[Hashable, str] = {}
    if email:
        small = email.lower()
        # One object, not two: most are written so.
        ways[email if small == email else small] = EMAIL
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
