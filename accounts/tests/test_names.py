"""The names of people, as they may be written."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.names import (
    first_of_several,
    is_of_a_couple,
    is_title,
    means_two,
    one_name,
    validate_person_name,
    without_title,
)
from core import typed_text


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Jean-Noël",
            "d’Épinay",
            "O'BRIEN",
            "MARTIN (DUPONT)",
            "St. Clair",
            "TEST CD 92",
            "Łucja",
            "İpek",
            "Nguyễn",
        ),
        *(
            "محمد",
            "王",
            "देवी",
            "De La Fontaine",
            "MARTIN / DURAND",
            "Mª José",
            "Zoe\N{COMBINING ACUTE ACCENT}",
        ),
    ],
)
def test_names_from_everywhere(name):
    validate_person_name(name)


@pytest.mark.parametrize(
    "name", [".", "-", "DUPONT1", "🙂", "Anna@", "Zoé <b>", "A_B", "#REF!", "½", "L;a", "92"]
)
def test_what_is_no_name(name):
    """admin.md § 2, 67: accepted."""
    with pytest.raises(ValidationError, match="n’est pas un nom"):
        validate_person_name(name)


@pytest.mark.parametrize(
    ("first_name", "last_name", "kept"),
    [
        ("Lina", "MARTIN", ("Lina", "MARTIN")),
        ("", "Suharto", ("Suharto", "")),
        ("Suharto", "-", ("Suharto", "")),
        ("SNP", "Suharto", ("Suharto", "")),
        ("-", "?", ("", "")),
        ("Jean", "SANS", ("Jean", "SANS")),
    ],
)
def test_one_name_alone(first_name, last_name, kept):
    """cases 33"""
    assert one_name(first_name, last_name) == kept


@pytest.mark.parametrize(
    ("written", "kept", "title"),
    [
        *(("M. Luc", "Luc", "M."), ("Mme Dr Anne", "Anne", "Mme Dr")),
        *(
            ("monsieur Jean Paul", "Jean Paul", "monsieur"),
            ("Mlle. Zoé", "Zoé", "Mlle."),
            ("M.Luc", "Luc", "M."),
            ("DR DURAND", "DURAND", "DR"),
        ),
        # Nothing else says who it is; or it is no title.
        *(("M.", "M.", ""), ("Mme Dr", "Mme Dr", ""), ("M. et Mme", "M. et Mme", "")),
        *(
            ("M HAMED", "M HAMED", ""),
            ("M’BAYE", "M’BAYE", ""),
            ("Me Linh", "Me Linh", ""),
            ("Monsieurs", "Monsieurs", ""),
            ("M. J.", "M. J.", ""),
            ("Mme-Anne", "Mme-Anne", ""),
            ("", "", ""),
        ),
    ],
)
def test_a_title_is_not_of_a_name(written, kept, title):
    assert without_title(written) == (kept, title)


def test_what_is_no_first_name_of_one_person():
    assert [*map(is_title, ("Mme Dr", "M.", "M. Luc", "M. et Mme", ""))] == [True, True, False, False, False]
    assert all(map(means_two, ("M. et Mme", "Luc & Anne", "M./Mme", "M.et Mme")))
    assert all(map(is_of_a_couple, ("M. et Mme DURAND", "Mme/M. DURAND", "Monsieur ou Madame X")))
    assert not any(map(is_of_a_couple, ("M. DURAND", "M. Ettore", "DURAND et LEROY", "")))
    assert not any(map(means_two, ("Mme", "Étienne", "Jean-Paul", "Ettore", "et")))


@pytest.mark.parametrize(
    ("written", "kept"),
    [("Jean, Paul", "Jean"), ("Jean;Paul;Luc", "Jean"), ("Jean-Paul", "Jean-Paul"), ("", "")],
)
def test_the_first_of_several_first_names(written, kept):
    assert first_of_several(written) == kept


@given(st.text(max_size=40).map(typed_text.name))
def test_a_title_or_another_first_name_leaves_every_letter_of_what_is_kept(written):
    kept, title = without_title(written)
    assert f"{title}{kept}".replace(" ", "") == written.replace(" ", "")
    assert first_of_several(written) in written


@given(st.text(max_size=40))
def test_no_letter_is_changed_by_the_door(written):
    """Nothing silently changes a letter: those that come in are those that were written, composed."""
    kept = typed_text.name(written)

    def letters(text):
        return [sign for sign in unicodedata.normalize("NFD", text) if unicodedata.category(sign)[0] == "L"]

    assert letters(kept) == letters(written)
    assert unicodedata.is_normalized("NFC", kept)
    assert typed_text.name(kept) == kept
