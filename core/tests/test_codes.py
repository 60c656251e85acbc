"""Codes that people read and type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.codes import ALPHABET, NotACode, complete, read_code, show_code

codes = st.text(ALPHABET, min_size=12, max_size=12).map(complete)
positions = st.integers(0, 12)


@given(codes)
def test_a_code_is_read_as_it_is_shown(code):
    assert read_code(show_code(code)) == code


@pytest.mark.parametrize("separator", ["", " ", "-", "\n", "\N{NO-BREAK SPACE}", "\N{EN DASH}"])
def test_case_and_separators_do_not_matter(separator):
    code = complete("7K4PX2WA9MTB")

    assert read_code(show_code(code).lower().replace("-", separator)) == code


def test_letters_that_look_like_digits_are_read_as_digits():
    code = complete("10" * 6)

    assert read_code(code.replace("1", "I").replace("0", "o")) == code
    assert read_code(code.replace("1", "l")) == code


@given(codes, positions, st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(code, position, wrong):
    mistyped = code[:position] + wrong + code[position + 1 :]
    if mistyped == code:
        assert read_code(mistyped) == code
    else:
        with pytest.raises(NotACode):
            read_code(mistyped)


@given(codes, positions, positions)
def test_any_two_characters_exchanged_are_found(code, first, second):
    characters = list(code)
    characters[first], characters[second] = characters[second], characters[first]
    exchanged = "".join(characters)
    if exchanged == code:
        assert read_code(exchanged) == code
    else:
        with pytest.raises(NotACode):
            read_code(exchanged)


@pytest.mark.parametrize("text", ["", "7K4P", "U" * 13, "é" * 13, "\0" * 13, "0" * 14])
def test_what_is_no_code(text):
    with pytest.raises(NotACode):
        read_code(text)


@pytest.mark.parametrize(
    "typed",
    [
        "{}\N{ZERO WIDTH SPACE}",
        "\N{FIRST STRONG ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}",
        "\N{ZERO WIDTH NO-BREAK SPACE}{}",
        "{}.",
    ],
)
def test_what_nobody_sees_comes_along_with_a_copied_code(typed):
    """cases 5."""
    code = complete("7K4PX2WA9MTB")

    assert read_code(typed.format(show_code(code))) == code


@pytest.mark.parametrize(
    "separator", ["\N{HYPHEN}", "\N{NARROW NO-BREAK SPACE}", "_", "/", ",", ":", "\N{SOFT HYPHEN}"]
)
def test_any_dash_and_any_space_only_parts_a_code(separator):
    """cases 5."""
    code = complete("7K4PX2WA9MTB")

    assert read_code(show_code(code).replace("-", separator)) == code


def test_a_turkish_i_is_an_i():
    """cases 7."""
    code = complete("10" * 6)

    assert read_code(code.replace("1", "ı")) == read_code(code.replace("1", "İ")) == code
