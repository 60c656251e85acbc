"""Normalises what people type, paste or bring in files, to be stored and compared.

From the loosest to the strictest: `paragraphs`, `line`, `name`, then what is copied letter by letter:
`email`, `number`, `reference`, `username`, `code`. Each of them keeps what it already gave.
"""

import unicodedata
from collections.abc import Iterable, Iterator

from anyascii import anyascii


def _each(*spans: tuple[int, int]) -> Iterator[int]:
    for first, last in spans:
        yield from range(first, last + 1)


# Format characters (Unicode Cf), which nobody sees: soft hyphen, zero-width spaces, marks and isolates of
# direction, byte order mark, tags. Spelled out, for to ask Unicode for them takes each process 0.2 s; a
# test compares.
INVISIBLE = frozenset(
    _each(
        *((0xAD, 0xAD), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x890, 0x891)),
        *((0x8E2, 0x8E2), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064)),
        *((0x2066, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0x110BD, 0x110BD), (0x110CD, 0x110CD)),
        *((0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0001, 0xE0001)),
        (0xE0020, 0xE007F),
    )
)
# All that Unicode calls a dash (Pd), and the minus sign.
DASHES = frozenset(
    _each(
        *((0x2D, 0x2D), (0x58A, 0x58A), (0x5BE, 0x5BE), (0x1400, 0x1400), (0x1806, 0x1806), (0x2010, 0x2015)),
        *((0x2212, 0x2212), (0x2E17, 0x2E17), (0x2E1A, 0x2E1A), (0x2E3A, 0x2E3B), (0x2E40, 0x2E40)),
        *((0x2E5D, 0x2E5D), (0x301C, 0x301C), (0x3030, 0x3030), (0x30A0, 0x30A0), (0xFE31, 0xFE32)),
        *((0xFE58, 0xFE58), (0xFE63, 0xFE63), (0xFF0D, 0xFF0D), (0x10EAD, 0x10EAD)),
    )
)
# All that Unicode calls a space (Zs).
SPACES = frozenset(
    _each(
        *((0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x202F, 0x202F)),
        *((0x205F, 0x205F), (0x3000, 0x3000)),
    )
)
# What ends a line: a browser sends « \r\n », PowerPoint a vertical tab, Unicode has two of its own.
_LINE_BREAKS = frozenset({0x0A, 0x0B, 0x0D, 0x85, 0x2028, 0x2029})
# C0 and C1, half of a pair, and what is no character: neither XML nor, in part, a database can hold them.
_CONTROL = frozenset(
    {*_each((0, 0x1F), (0x7F, 0x9F), (0xD800, 0xDFFF)), *(0xFFFE, 0xFFFF)} - _LINE_BREAKS - {0x09}
)
_FULL_WIDTH = {sign: chr(sign - 0xFEE0) for sign in range(0xFF01, 0xFF5F)}
# A Turkish keyboard's, which small letters and capitals of ours do not meet.
_TURKISH = {0x130: "I", 0x131: "i"}


def _table(**signs: Iterable[int]) -> dict[int, str | None]:
    """For `str.translate`: what becomes a space, a hyphen, a new line, or nothing."""
    becomes = {"space": " ", "hyphen": "-", "newline": "\n", "nothing": None}
    return {sign: becomes[name] for name, group in signs.items() for sign in group}


_PARAGRAPHS = _table(nothing=INVISIBLE | _CONTROL, newline=_LINE_BREAKS - {0x0A, 0x0D})
_LINE = _table(nothing=INVISIBLE | _CONTROL, space=_LINE_BREAKS | {0x09})
_NAME = _LINE | _table(hyphen=DASHES, space=SPACES)
# XML 1.0 takes the controls of C1.
_NOT_IN_XML = _table(nothing={sign for sign in _CONTROL if not 0x7F <= sign <= 0x9F} | {0x0B})


def paragraphs(text: str) -> str:
    """Several lines of prose: its dashes and its no-break spaces are typography, and stay."""
    return _composed(text.translate(_PARAGRAPHS)).strip()


def line(text: str) -> str:
    """One line of prose."""
    return _composed(text.translate(_LINE)).strip()


def name(text: str) -> str:
    """The name of a person, street or town: one kind of hyphen, single spaces."""
    return " ".join(_composed(text.translate(_NAME)).split())


def email(text: str) -> str:
    """An address as it is written to; whether it is one is for a validator to say."""
    return name(_plain(text))


def number(text: str) -> str:
    """An amount, a telephone, a postcode: digits as a keyboard of ours has them, and what stands between."""
    return name(_plain(text))


def reference(text: str) -> str:
    """A foreign identifier, of a pupil, a collège or a commune: in capitals, its signs kept."""
    return name(_plain(text).translate(_TURKISH).upper())


def username(text: str) -> str:
    """An identifiant: ASCII in small letters, whatever keyboard typed it."""
    return name(anyascii(name(_plain(text).translate(_TURKISH)))).lower()


def code(text: str) -> str:
    """A code, in capitals: what is neither letter nor digit only parts it, however it is written."""
    capitals = _plain(text).translate(_TURKISH).upper()
    return _plain("".join(sign for sign in capitals if sign.isalnum()))


def printable(text: str) -> str:
    """Without what neither XML nor a spreadsheet can hold, of what was kept before it was left out."""
    return text.translate(_NOT_IN_XML)


def _composed(text: str) -> str:
    """An accent and its letter as one character: a Mac's files have them as two."""
    return unicodedata.normalize("NFC", text)


def _plain(text: str) -> str:
    """Letters and digits of full width are those of ours; raised or in circles they are not: « 12² »."""
    return _composed(text.translate(_FULL_WIDTH))
