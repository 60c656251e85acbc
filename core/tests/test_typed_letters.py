"""cases 5, 7, 36 and 39: letters, dashes and accents that mean the same."""

import unicodedata

import pytest

from core import typed_text


@pytest.mark.parametrize(
    "typed",
    [
        "parent.test\N{ZERO WIDTH SPACE}",
        "\N{ZERO WIDTH NO-BREAK SPACE}parent.test",
        "\N{FIRST STRONG ISOLATE}parent.test\N{POP DIRECTIONAL ISOLATE}",
        "parent\N{SOFT HYPHEN}.test",
        " Parent.Test\N{NARROW NO-BREAK SPACE}",
        "parent.test",
        "párent.test",
        "PARENT.TEST",
    ],
)
def test_an_identifiant_is_read_whatever_came_along_with_it(typed):
    """cases 5."""
    assert typed_text.username(typed) == "parent.test"


@pytest.mark.parametrize("typed", ["voİsİn.test", "voısın.test", "VOISIN.TEST", "VOİSİN.TEST", "voisin.test"])
def test_an_identifiant_is_read_from_a_turkish_keyboard(typed):
    """cases 7."""
    assert typed_text.username(typed) == "voisin.test"


@pytest.mark.parametrize(
    "dash", ["-", "\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}", "\N{EN DASH}", "\N{MINUS SIGN}"]
)
def test_any_dash_is_a_hyphen_where_letters_are_compared(dash):
    """cases 5."""
    assert typed_text.username(f"lina{dash}zoe.martin") == "lina-zoe.martin"
    assert typed_text.name(f"Lina{dash}Zoé") == "Lina-Zoé"
    assert typed_text.reference(f"e{dash}17") == "E-17"
    assert typed_text.email(f"lina{dash}zoe@famille.example") == "lina-zoe@famille.example"
    assert typed_text.number(f"{dash}12,50") == "-12,50"


@pytest.mark.parametrize("space", [chr(sign) for sign in sorted(typed_text.SPACES)] + ["\t", "  ", " \n"])
def test_any_space_is_a_space_where_letters_are_compared(space):
    """cases 5 and 36: also two of them."""
    assert typed_text.name(f"{space}Lina{space}Martin{space}") == "Lina Martin"
    assert typed_text.number(f"1{space}000") == "1 000"


def test_an_accent_in_two_pieces_is_one():
    """cases 36."""
    apart = unicodedata.normalize("NFD", "Hélène LEFÈVRE")

    assert (
        typed_text.name(apart) == typed_text.line(apart) == typed_text.paragraphs(apart) == "Hélène LEFÈVRE"
    )


def test_the_typography_of_prose_stays():
    prose = "Attention\N{NO-BREAK SPACE}! Le 3 mai \N{EN DASH} ou le 4"

    assert typed_text.line(prose) == typed_text.paragraphs(prose) == prose


def test_lines_of_prose_stay_lines():
    """cases 39: PowerPoint's soft break is a vertical tab."""
    assert typed_text.paragraphs("Une\r\ndeux\n\tdeux\vtrois\N{LINE SEPARATOR}quatre") == (
        "Une\r\ndeux\n\tdeux\ntrois\nquatre"
    )
    assert typed_text.line("Une\vdeux") == "Une deux"


def test_what_was_kept_before_is_left_out_where_xml_is_written():
    """cases 39."""
    assert typed_text.printable("Une\x02 deux\v\x1f trois\n\tquatre") == "Une deux trois\n\tquatre"


def test_full_width_is_read_where_letters_are_compared():
    """cases 5."""
    assert typed_text.number("１２，５０") == "12,50"
    assert typed_text.reference("７１００１Ａ") == "71001A"
    assert typed_text.email("ｎｏｍ＠ｅｘｅｍｐｌｅ．ｆｒ") == "nom@exemple.fr"


@pytest.mark.parametrize(
    "between", ["", " ", "-", "_", "/", ",", ":", ".", "\N{HYPHEN}", "\N{ZERO WIDTH SPACE}"]
)
def test_a_code_is_read_whatever_parts_it(between):
    """cases 5."""
    assert typed_text.code(f"7k4p{between}x2wı") == "7K4PX2WI"
