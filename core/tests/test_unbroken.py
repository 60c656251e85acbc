"""What belongs to a number stays on its line."""

import pytest

from core.unbroken import unbroken

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    "held",
    [
        "du lundi au vendredi, de 9_h à_18_h",
        "de 9_h_30 à_12_h, puis de 14_h à_17_h_15",
        "9h à_18h",
        "le 1er_juillet_2027, puis le 12_mars",
        "en mai_2027",
        "60_€, 20_euros, 50_%",
        "à 350_m, dans 24_heures",
        "au 01_99_00_92_92",
        "12_caractères au moins",
        "deux jours, neuf heures, trois tickets",
        "6 rue du Bac, 3 tickets",
    ],
)
def test_it_is_held_together(held):
    """family.md D: « 9 h » could part from « à 18 h »."""
    right = held.replace("h à_", "h_à_").replace("30 à_", "30_à_").replace("_", NBSP)

    assert unbroken(right.replace(NBSP, " ")) == right
    assert unbroken(right) == right
