"""What a spreadsheet spoiled, and what is no value."""

import pytest

from partners.models import Partner

from .directories import bring, plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("SIRET", "7,3E+13", "Excel a arrondi"),
        ("Code INSEE", "9,2E+04", "Excel a arrondi"),
        ("Adresse", "#REF!", "erreur du tableur"),
        ("E-mail", "#N/A", "erreur du tableur"),
        ("Adresse", "ZoÃ©", "accents de la case Adresse"),
        ("Adresse", 'rue "du Bac', "guillemet"),
        ("Adresse", "4 rue;Bât B", "il y a un ; de trop"),
    ],
)
def test_what_a_spreadsheet_spoiled_is_refused_by_its_line(column, cell, reason):
    """cases 10, 12, 13, 15, 17: in both importers."""
    text = f"Nom;Commune;Activités Sport;{column}\nCLUB;Antony;Judo;{cell}\nAUTRE;Antony;Judo;"

    made = plan(text)
    [(row, said)] = made.refused
    assert (row, reason in said) == (2, True)
    assert len(made.created) == 1


def test_a_code_that_is_no_commune_is_refused():
    """admin.md 30, cases 24: the line was done by its name, the code forgotten."""
    [(_, told)] = plan("Nom;Commune;Code INSEE;Activités Sport\nCLUB;Antony;92330;Judo").refused

    assert "92330 n’est le code INSEE d’aucune commune" in told


@pytest.mark.parametrize("written", ["non communiqué", "01 99 00 10 10 / 06 12 34 56 78"])
def test_what_is_no_telephone_is_left_out_and_noted(written):
    """cases 28: `tel:noncommuniqué` in public, or an organisme refused."""
    done = bring(f"Nom;Commune;Activités Sport;Téléphone\nJUDO CLUB;Antony;Judo;{written}")

    assert Partner.objects.get().phone == ""
    assert done.notes == [(2, f"{written} n’est pas un téléphone\N{NO-BREAK SPACE}: laissé de côté.")]
