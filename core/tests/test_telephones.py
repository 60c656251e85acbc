"""One writing of telephones for family pages, the administration and files: cases 8 and 28."""

import pytest

from core.telephones import NotATelephone, read_telephone, telephone_in


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0612345678", "06 12 34 56 78"),
        ("06.12.34.56.78", "06 12 34 56 78"),
        ("+33 6 12 34 56 78", "06 12 34 56 78"),
        ("0033 6 12 34 56 78", "06 12 34 56 78"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("+687 26 12 34", "+687 26.12.34"),
    ],
)
def test_one_writing(typed, kept):
    assert read_telephone(typed) == kept


@pytest.mark.parametrize(
    "prefix",
    ["0690", "0691", "0590", "0696", "0697", "0596", "0694", "0594", "0692", "0693", "0262", "0639", "0269"],
)
def test_a_number_of_overseas_is_read_as_france_dials_it(prefix):
    """cases 8."""
    assert read_telephone(f"{prefix}123456") == f"{prefix} 12 34 56"


def test_a_number_of_overseas_with_its_prefix_is_the_same():
    """cases 8."""
    assert read_telephone("+262 692 12 34 56") == read_telephone("0692 12 34 56") == "0692 12 34 56"
    assert read_telephone("+596 596 60 12 34") == "0596 60 12 34"


def test_a_spreadsheet_ate_the_zero_or_the_plus():
    """cases 28."""
    assert read_telephone("199001010") == "01 99 00 10 10"
    assert read_telephone("692123456") == "0692 12 34 56"
    assert read_telephone("33612345678") == "06 12 34 56 78"


def test_what_came_along_with_it_does_not_matter():
    """cases 5."""
    assert read_telephone(
        "\N{LEFT-TO-RIGHT EMBEDDING}06\N{NO-BREAK SPACE}12\N{NON-BREAKING HYPHEN}34 56 78"
    ) == ("06 12 34 56 78")
    assert read_telephone("０６１２３４５６７８") == "06 12 34 56 78"
    # Where we read it ourselves, before the library does.
    assert read_telephone("０６９２１２３４５６") == "0692 12 34 56"
    assert read_telephone("１９９００１０１０") == "01 99 00 10 10"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "non communiqué",
        "12",
        "06 12 34 56",
        "06 12 34 56 78 90",
        "01 99 00 10 10 / 06 12 34 56 78",
        "069212345",
        "01 99 00 10 10 ext. 1234",
    ],
)
def test_what_is_no_telephone(typed):
    """cases 28."""
    with pytest.raises(NotATelephone):
        read_telephone(typed)


@pytest.mark.parametrize(
    ("typed", "kept"), [("O1 99 OO 1O 97", "01 99 00 10 97"), ("06 l2 34 56 78", "06 12 34 56 78")]
)
def test_letters_that_are_digits(typed, kept):
    """cases B: they were dialled as on a keypad, and were somebody else's number."""
    assert read_telephone(typed) == kept


@pytest.mark.parametrize("typed", ["061234ABCD", "01 99 MAIRIE", "0800 ALLO PASS"])
def test_other_letters_are_no_number(typed):
    with pytest.raises(NotATelephone):
        read_telephone(typed)


@pytest.mark.parametrize("extension", [" ext. 1234", " poste 12", ";ext=7", " x99"])
def test_of_a_switchboard_the_number_is_kept(extension):
    """With it, the column was too short: PostgreSQL refused the whole line."""
    assert telephone_in(f"01 99 00 10 10{extension}") == ("01 99 00 10 10", False)
