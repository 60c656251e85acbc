"""The names of people, as they may be written."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.names import one_name, validate_person_name
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


@given(st.text(max_size=40))
def test_no_letter_is_changed_by_the_door(written):
    """Nothing silently changes a letter: those that come in are those that were written, composed."""
    kept = typed_text.name(written)

    def letters(text):
        return [sign for sign in unicodedata.normalize("NFD", text) if unicodedata.category(sign)[0] == "L"]

    assert letters(kept) == letters(written)
    assert unicodedata.is_normalized("NFC", kept)
    assert typed_text.name(kept) == kept
