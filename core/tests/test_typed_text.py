"""What is typed, pasted or brought in files has one writing.

cases 5, 7, 36 and 39: invisible characters, Turkish letters, accents in two pieces, control characters.
"""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import typed_text

ALL = [
    typed_text.paragraphs,
    typed_text.line,
    typed_text.name,
    typed_text.email,
    typed_text.number,
    typed_text.reference,
    typed_text.username,
    typed_text.code,
]


ONE_LINE = ALL[1:]


@pytest.mark.parametrize(
    ("listed", "category"),
    [(typed_text.INVISIBLE, "Cf"), (typed_text.DASHES - {0x2212}, "Pd"), (typed_text.SPACES, "Zs")],
)
def test_the_lists_are_those_of_unicode(listed, category):
    """Those of Python 3.13; what an older one knows no character for is left out."""
    assert {sign for sign in listed if unicodedata.category(chr(sign)) != "Cn"} == {
        sign for sign in range(sys.maxunicode + 1) if unicodedata.category(chr(sign)) == category
    }


@pytest.mark.parametrize("read", ALL)
@given(text=st.text())
def test_what_was_read_is_read_the_same_again(read, text):
    assert read(read(text)) == read(text)


@pytest.mark.parametrize("read", ALL)
@given(text=st.text())
def test_nothing_invisible_is_left_and_nothing_that_xml_cannot_hold(read, text):
    """cases 5 and 39."""
    kept = {unicodedata.category(sign) for sign in set(read(text)) - {"\n", "\r", "\t"}}

    assert not kept & {"Cc", "Cf", "Cs"}


@pytest.mark.parametrize("read", ONE_LINE)
@given(text=st.text())
def test_one_line_is_one(read, text):
    assert len(read(text).splitlines()) <= 1


@pytest.mark.parametrize("control", ["\0", "\x02", "\f", "\x1f", "\x7f", "\x80", "\x9f", "\ufffe", "\ud800"])
def test_control_characters_are_left_out(control):
    """cases 39."""
    assert all(read(f"A{control}B").casefold() == "ab" for read in ALL)
