"""The codes that a list is read as, however it was written, copied or exported."""

import secrets

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backoffice.tests.files.workbooks import ods, xls, xlsx
from core import codes
from core.spreadsheet_files.decoding import Undecodable, decoded
from core.spreadsheet_files.rows import NotReadable
from core.tests.test_scanner_keyboards import ON_A_MAC, ON_A_PC, garbled
from tickets.counter.pasted import LONGEST, text_of, written_in
from tickets.qr import address

pytestmark = pytest.mark.any_database

CODES = [codes.complete(twelve) for twelve in ("0123456789AB", "ZYXWVTSRQPNM", "7K7K7K7K7K7K")]
FIRST, SECOND, _ = CODES
SHOWN = [codes.show_code(code) for code in CODES]
MISCOPIED = f"{FIRST[:-1]}{'2' if FIRST[-1] != '2' else '3'}"

ROW = "Lefebvre-Diallo\tÉlisabeth\t{}\t10,00 €\t06 12 34 56 78\t12/03/2013"

LISTS = {
    "one a line": "\n".join(SHOWN),
    "lines of Windows, and empty ones": "\r\n\r\n".join(CODES),
    "spaces": " ".join(SHOWN),
    "spaces within and between": " ".join(shown.replace("-", " ") for shown in SHOWN),
    "commas": ",".join(CODES),
    "semicolons": " ; ".join(SHOWN),
    "small letters": "\n".join(CODES).lower(),
    "addresses": "\n".join(map(address, CODES)),
    "addresses on one line": " ".join(map(address, CODES)),
    "addresses and commas": ",".join(map(address, CODES)),
    "a column of a spreadsheet": "Code du ticket\n" + "\n".join(SHOWN),
    "a spreadsheet": "\n".join(["Nom\tPrénom\tCode\tMontant", *map(ROW.format, SHOWN)]),
    "a scanner on a PC": "\n".join(garbled(code, ON_A_PC) for code in CODES),
    "a scanner on a Mac": "\n".join(garbled(address(code), ON_A_MAC) for code in CODES),
    "letters apart": "\n".join(map(" ".join, CODES)),
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_a_list_in_every_writing(text):
    assert [it.readings[0].code for it in written_in(text)] == CODES


@given(st.text(codes.ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH), st.sampled_from(";,\t"))
@example("X5KFBWQN5A7X", ";")
def test_a_code_as_it_is_printed_is_that_one_whatever_stands_beside_it(twelve, sign):
    """« Zoé;X5KF-BWQN-5A7X-K » is a code too, by a wrong keyboard: one of a hundred and fifty."""
    code = codes.complete(twelve)

    assert [it.readings[0].code for it in written_in(f"Zoé{sign}{code}")] == [code]


@pytest.mark.parametrize(
    "text",
    [MISCOPIED, "bonjour", f"Dupont;{MISCOPIED};10,00", "Total : 120,00 €", FIRST[:-1], "x" * 10_000],
)
def test_a_line_without_a_code_is_miscopied(text):
    [only] = written_in(text)

    assert only.readings == []


def test_what_resembles_a_code_beside_another_one_is_not_left_out():
    read = written_in(f"{SHOWN[0]} {MISCOPIED} {SHOWN[2][:9]}")

    assert [bool(it.readings) for it in read] == [True, False, False]


def test_a_line_that_is_no_title_stays():
    assert len(written_in(f"{FIRST}\nbonjour\n{SECOND}")) == 3


@pytest.mark.parametrize("text", ["", " \n \t\n", "\n\n"])
def test_of_nothing_nothing_is_read(text):
    assert written_in(text) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_in_every_encoding(encoding):
    text = f"Prénom;Code\nÉlisabeth;{FIRST}\nZoé;{SECOND}"
    read = written_in(text_of(text.encode(encoding)))

    assert [it.readings[0].code for it in read] == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7", "un PDF"),
        (b"\x89PNG\r\n", "une image"),
        (b"PK\x03\x04nothing", "abîmé"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "pas un tableur lisible"),
        (xlsx({"Mai": [[FIRST]], "Juin": [[SECOND]]}), "Plusieurs feuilles ont des codes.*: Mai, Juin"),
        (b"a\0b", "ni un CSV ni un tableur"),
    ],
)
def test_a_file_that_is_no_list_has_its_sentence(content, says):
    with pytest.raises(NotReadable, match=says):
        text_of(content)


@pytest.mark.parametrize("made", [xlsx, xls, ods])
def test_a_workbook(made):
    rows = [["Prénom", "Code", "Montant"], ["Élisabeth", SHOWN[0], 10], [], ["Zoé", address(SECOND), 12]]
    read = written_in(text_of(made({"Notes": [["à payer\nen mai"]], "Liste": rows})))

    assert [it.readings[0].code for it in read] == [FIRST, SECOND]


def test_a_workbook_that_no_list_needs():
    with pytest.raises(NotReadable, match="trop grand"):
        text_of(xlsx({"Liste": [[secrets.token_hex(1_000)] for _ in range(1_200)]}))


def test_a_workbook_without_codes_is_read_as_it_stands():
    [only] = written_in(text_of(xlsx({"Liste": [["bonjour 1"]]})))

    assert only.readings == []


def test_a_workbook_is_read_no_further_than_a_list_may_be_long():
    text = text_of(xlsx({"Liste": [["x" * 1_000]] * 300}))

    assert LONGEST < len(text) < LONGEST + 2_000


def test_accents_that_nobody_can_read_are_of_names():
    content = f"No\x91l;{FIRST}\nZo\xe9;{SECOND}".encode("latin-1")
    with pytest.raises(Undecodable):
        decoded(content)

    assert [it.readings[0].code for it in written_in(text_of(content))] == [FIRST, SECOND]


@given(st.text(alphabet=[it for it in codes.ALPHABET if it.isalpha()], min_size=12, max_size=12))
def test_a_code_of_letters_alone_is_read_beside_a_name(letters):
    code = codes.complete(letters)

    assert [it.readings[0].code for it in written_in(f"Lefebvre;Zoé;{code}\nDupont;Lou;{FIRST}")] == [
        code,
        FIRST,
    ]


@given(st.text())
def test_no_text_is_too_odd(text):
    for written in written_in(text):
        assert written.shown is not None


@given(st.binary())
def test_no_file_is_too_odd(content):
    try:
        written_in(text_of(content))
    except NotReadable:
        return
