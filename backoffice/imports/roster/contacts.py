"""The ways to reach somebody, and whether two contradict each other."""

from accounts.identity import digits_of
from core.spelling import simplified

EMAIL = "même adresse e-mail"


def contacts(email: str, phone: str, address: str, postcode: str) -> dict[str, str]:
    """Each way to reach somebody, and what two who share it share."""
    digits, home = digits_of(phone), simplified(address)
    ways = {
        email.lower(): EMAIL,
        f"tel {digits}" if digits else "": "même téléphone",
        f"{home} {postcode}" if home else "": "même adresse",
    }
    return {way: why for way, why in ways.items() if way}


def contradicts(here: str, there: str) -> bool:
    return bool(here and there) and here.lower() != there.lower()


def differs(here: str, there: str) -> bool:
    """A file that says nothing does not contradict."""
    return bool(there) and here != there
