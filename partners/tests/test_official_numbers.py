"""The SIRET and the RNA number, however they are written."""

import pytest

from partners.official_numbers import NotANumber, in_groups, read_rna, read_siret


@pytest.mark.parametrize(
    "written",
    [
        "73282932000074",
        "732 829 320 00074",
        "732\N{NO-BREAK SPACE}829\N{NARROW NO-BREAK SPACE}320 00074",
        "732.829.320-00074",
    ],
)
def test_a_siret_in_any_writing(written):
    """admin.md 26: no SIRET, no RNA."""
    assert read_siret(written) == "73282932000074"


def test_la_poste_has_a_rule_of_its_own():
    """Its counters are more than the usual check digit can tell apart."""
    assert read_siret("356 000 000 00048") == "35600000000048"
    assert read_siret("35600000049837") == "35600000049837"
    with pytest.raises(NotANumber):
        read_siret("35600000049838")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("73282932000075", "un chiffre est faux"),
        ("732829320", "c’est un SIREN"),
        ("7328293200007", "ôté le zéro du début"),
        ("FR7328293200007", "14 chiffres, et rien d’autre"),
        ("7,32829E+13", "14 chiffres"),
        ("７３２", "3 chiffres au lieu de 14"),
    ],
)
def test_what_is_no_siret_and_why(written, why):
    with pytest.raises(NotANumber, match=why):
        read_siret(written)


@pytest.mark.parametrize("written", ["W922001234", "w 922 001 234", "W9R1000123", "W2A1000123"])
def test_an_rna_number(written):
    assert read_rna(written) == written.replace(" ", "").upper()


@pytest.mark.parametrize("written", ["922001234", "W92200123", "W9220012345", "0922012345", "WALDEC"])
def test_what_is_no_rna_number(written):
    with pytest.raises(NotANumber, match="n’est pas un numéro RNA"):
        read_rna(written)


def test_shown_as_a_spreadsheet_leaves_it():
    assert in_groups("73282932000074") == "732 829 320 00074"
    assert in_groups("") == ""
