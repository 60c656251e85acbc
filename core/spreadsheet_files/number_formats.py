"""Numbers as a workbook shows them, where its format shows zeros before them: « 0000000000 », « 00000 ».

The libraries that read workbooks give the number alone, and the postcode of Bourg-en-Bresse is 1000.
"""

import re
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from xml.parsers import expat

# Colours and languages; a text, a sign, a space as wide as a sign, a digit, and what stands for itself.
TOKEN = re.compile(r'\[[^\]<>=]*\]|"([^"]*)"|\\(.)|_.|([0#?])|([ \-()+])', re.DOTALL)
ELSE = "General"


@lru_cache(maxsize=1_000)
def _tokens(code: str) -> Sequence[tuple[str, bool]]:
    """The signs of a format and whether each stands for a digit; none of one that shows no zeros first."""
    tokens: list[tuple[str, bool]] = []
    code, place = code.partition(";")[0], 0
    while place < len(code):
        found = TOKEN.match(code, place)
        # Thousands, decimals, dates, conditions, « General »: no such number identifies anybody.
        if not found:
            return ()
        said, escaped, digit, plain = found.groups()
        text = said or escaped or digit or plain
        if text:
            tokens.append((text, bool(digit)))
        place = found.end()
    digits = [text for text, is_digit in tokens if is_digit]
    return tokens if "0" in digits and len(digits) - digits.index("0") > 1 else ()


def shows_zeros(code: str) -> bool:
    return bool(_tokens(code))


def shown(code: str, number: float) -> str:
    """A whole number as the format shows it; nothing, if it adds nothing or is another one's."""
    tokens = _tokens(code)
    if not tokens or number < 0 or not float(number).is_integer():
        return ""
    places = [text for text, is_digit in tokens if is_digit]
    least = len(places) - places.index("0")
    digits = [*str(int(number)).zfill(least)]
    text: list[str] = []
    left = len(places)
    for sign, is_digit in reversed(tokens):
        if not is_digit:
            text.append(sign)
            continue
        left -= 1
        # All the digits that are left stand where the first one does.
        taken, digits = (digits, []) if not left else (digits[-1:], digits[:-1])
        text.append("".join(taken))
    return "".join(reversed(text)).strip()


def styles_that_show_zeros(archive: zipfile.ZipFile) -> dict[str, str]:
    """Of an XLSX: the formats of such cells, by what they are called in its sheets."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    reader = _Styles()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    with archive.open("xl/styles.xml") as file:
        parser.ParseFile(file)
    return {
        str(place): code
        for place, used in enumerate(reader.used)
        if (code := reader.codes.get(used, ELSE)) and shows_zeros(code)
    }


class _Styles:
    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        # By each style of a cell.
        self.used: list[str] = []
        self._is_of_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "numFmt":
                self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            case "cellXfs":
                self._is_of_cells = True
            case "xf" if self._is_of_cells:
                self.used.append(attributes.get("numFmtId", ""))

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] == "cellXfs":
            self._is_of_cells = False
