"""What stands below a title, against what a column of ours holds: below « Ne », nearly « INE », are days."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from accounts.births import check_birth_year, read_birth_year
from accounts.grades import read_grade, says_several
from accounts.identity import check_pupil_number, pupil_number
from accounts.school_codes import read_uai
from core.addresses import address_in
from core.money import NotAnAmount, parse_euros
from core.postcodes import postcode_in
from core.spelling import simplified
from core.spreadsheet_files.cells import NO, TICKED, UNTICKED, YES, with_lost_zero
from core.telephones import telephone_in
from core.typed_dates import read_day
from core.typed_text import reference as as_reference
from partners.communes import INSEE_CODE
from partners.official_numbers import read_rna, read_siret
from payments.returns.said import OURS

# Of a guardian, « Responsable 1 nom »: by its last words.
GUARDIAN = "Responsable "


def may_be(column: str, cells: Sequence[str]) -> bool:
    """Unless half of the cells that say something contradict it."""
    filled = [cell for cell in cells if cell]
    fits = sum(map(_looks(column), filled))
    return not filled or 2 * fits > len(filled)


def _looks(column: str) -> Callable[[str], bool]:
    if column.startswith(GUARDIAN):
        _, _, column = column.removeprefix(GUARDIAN).partition(" ")
    return LOOKS.get(column, _is_text)


def _reads(*readers: Callable[[str], Any]) -> Callable[[str], bool]:
    def looks(cell: str) -> bool:
        try:
            return all(read(cell) is not None for read in readers)
        except (ValueError, ValidationError, NotAnAmount):
            return False

    return looks


def _is_birth(cell: str) -> bool:
    try:
        check_birth_year(read_birth_year(cell))
    except ValidationError:
        return False
    return True


def _is_pupil_number(cell: str) -> bool:
    """« 20140512 » is one, and rather a day."""
    try:
        check_pupil_number(pupil_number(cell))
    except ValidationError:
        return False
    return not (len(cell) == 8 and _is_birth(cell)) and not _is_uai(cell)


def _is_level(cell: str) -> bool:
    return read_grade(cell) is not None or says_several(cell)


def _says_yes_or_no(cell: str) -> bool:
    return simplified(cell) in YES | NO or cell in TICKED + UNTICKED


def _is_site(cell: str) -> bool:
    return "." in cell and "@" not in cell and " " not in cell


def _is_insee_code(cell: str) -> bool:
    return bool(INSEE_CODE.fullmatch(cell.upper().zfill(5)))


def _is_text(cell: str) -> bool:
    """Of a name, a town, an address, an activity."""
    others = (_is_uai, _is_day, _says_yes_or_no, _is_telephone)
    return sum(map(str.isalpha, cell)) > 1 and "@" not in cell and not any(looks(cell) for looks in others)


def _is_name(cell: str) -> bool:
    return _is_text(cell) and not any(map(str.isdigit, cell))


_is_day, _is_uai, _is_telephone = _reads(read_day), _reads(read_uai), _reads(telephone_in)
_is_email = _reads(address_in)
LOOKS: Mapping[str, Callable[[str], bool]] = {
    "Numéro d’élève": _is_pupil_number,
    "Prénom": _is_name,
    "Naissance": _is_birth,
    "Niveau": _is_level,
    "UAI": _is_uai,
    **dict.fromkeys(("Code INSEE", "Code INSEE du collège"), _is_insee_code),
    **dict.fromkeys(("Inscrit", "Compte de l’élève", "Handicap"), _says_yes_or_no),
    **dict.fromkeys(("E-mail", "e-mail"), _is_email),
    **dict.fromkeys(("Téléphone", "téléphone"), _is_telephone),
    **dict.fromkeys(("Code postal", "code postal"), _reads(lambda cell: postcode_in(with_lost_zero(cell)))),
    **dict.fromkeys(("nom", "prénom"), _is_name),
    "SIRET": _reads(read_siret),
    "RNA": _reads(read_rna),
    "Site": _is_site,
    **dict.fromkeys(("Affilié depuis le", "Affilié jusqu’au"), _is_day),
    "Référence bout en bout": lambda cell: OURS.fullmatch(as_reference(cell)) is not None,
    **dict.fromkeys(("Mandat", "Bordereau"), lambda cell: any(map(str.isdigit, cell)) and not _is_day(cell)),
    "Date": _is_day,
    "Montant": _reads(parse_euros),
    "identifiant": lambda cell: " " not in cell and "@" not in cell,
}
