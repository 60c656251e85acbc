import pytest

from payments.files.sepa_text import folded

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("text", "sepa"),
    [
        ("L’École <de> Musique & de Danse", "L'Ecole de Musique + de Danse"),
        ("Œuvre n° 1 – été", "Oeuvre ndeg 1 - ete"),
        ("a_b@c*d;e=f\n\tg", "a b c d e f g"),
        ("//club//sport/", "club/sport"),
        ("Żółw ŁÓDŹ", "Zolw LODZ"),
        ("x" * 80, "x" * 70),
        ("x" * 69 + " y", "x" * 69),
    ],
)
def test_only_signs_that_every_bank_takes(text, sepa):
    assert folded(text, 70) == sepa
