"""Whether an IBAN can be one, by its own digits: that of the country, and the RIB key within it."""

from typing import NamedTuple

from schwifty import BIC, IBAN
from schwifty.exceptions import InvalidBBANChecksum, SchwiftyException

from core import typed_text

from .exceptions import BicOfAnotherCountry, NotABic, NotAnIban, OutsideSepa, WrongRibKey

# Taken without a reason.
AT_HOME = ("FR", "MC")
# Whose banks write FR in their IBANs, and their own country in their BICs.
OVERSEAS = ("GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF")


class Checked(NamedTuple):
    iban: str
    country: str
    bic: str

    @property
    def last4(self) -> str:
        return self.iban[-4:]

    @property
    def is_foreign(self) -> bool:
        return self.country not in AT_HOME


def check(iban: str, bic: str = "") -> Checked:
    """As it is stored, however it was typed; its bank's BIC, if it is known and none was typed.

    Raises NotAnIban, WrongRibKey, OutsideSepa, NotABic, BicOfAnotherCountry.
    """
    typed = written(iban)
    try:
        # A wrong French RIB key may pass the check of the IBAN alone.
        found = IBAN(typed, validate_bban=True)
    except InvalidBBANChecksum as wrong:
        raise WrongRibKey from wrong
    except SchwiftyException as wrong:
        raise NotAnIban from wrong
    if not found.in_sepa_zone:
        raise OutsideSepa
    country = found.country_code
    return Checked(found.compact, country, _bic(bic, country) or (found.bic.compact if found.bic else ""))


def written(iban: str) -> str:
    """Without what parts it, nor the word before it on a RIB."""
    return typed_text.code(iban).upper().removeprefix("IBAN").lstrip(":")


def _bic(bic: str, country: str) -> str:
    """Raises NotABic, BicOfAnotherCountry."""
    typed = typed_text.code(bic).upper()
    if not typed:
        return ""
    try:
        found = BIC(typed)
    except SchwiftyException as wrong:
        raise NotABic from wrong
    of_it = (*AT_HOME, *OVERSEAS) if country in AT_HOME else (country,)
    if found.country_code not in of_it:
        raise BicOfAnotherCountry
    return found.compact
