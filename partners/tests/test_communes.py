"""The communes, as lists write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.communes import Communes, NotACommune, without_postcode
from partners.models import Commune

COMMUNES = Communes(
    Commune(insee_code=code, name=name, postcode=postcode, latitude=latitude, longitude=2)
    for code, name, postcode, latitude in (
        ("92002", "Antony", "92160", 48),
        ("92071", "Sceaux", "92330", 49),
        ("92051", "Neuilly-sur-Seine", "92200", 50),
        ("92060", "Le Plessis-Robinson", "92350", 51),
        ("92040", "Issy-les-Moulineaux", "92130", 52),
        ("92004", "Asnières-sur-Seine", "92600", 53),
        ("92032", "Fontenay-aux-Roses", "92260", 54),
    )
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *((written, "92071") for written in ("92330 SCEAUX", "Sceaux (92)", "Sceaux (92330)")),
        *(
            (written, "92071")
            for written in ("SCEAUX 92330", "F-92330 Sceaux", "Sceaux - 92330", "92 330 Sceaux", "92071")
        ),
        *((written, "92071") for written in ("92 Sceaux", "SCEAUX - 92", "92-SCEAUX", "Sceaux 92")),
        # La Poste has codes for those who get much mail.
        *((written, "92071") for written in ("92334 SCEAUX CEDEX", "SCEAUX CEDEX 92334")),
        *((written, "92051") for written in ("NEUILLY S/S", "Neuilly s. Seine", "92200 NEUILLY S/S")),
        *(("Issy L. M.", "92040"), ("LE PLESSIS R.", "92060"), ("ASNIERES S/S (92)", "92004")),
    ],
)
def test_a_commune_with_its_postcode_its_departement_or_in_short(written, code):
    """cases 22: « n’est pas dans la liste des communes », line after line."""
    assert COMMUNES.of("", written).insee_code == code


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("92160 SCEAUX", "92160 n’est pas de Sceaux"),
        ("Sceaux (45)", "45 n’est pas de Sceaux"),
        ("45490 Sceaux", "45490 n’est pas de Sceaux"),
        ("NEUILLY S/M", "n’est pas dans la liste"),
        ("S/S", "n’est pas dans la liste"),
        ("92330 SCEAXU", "Est-ce Sceaux"),
        ("92330", "Est-ce Sceaux"),
        # Of an arrondissement, not of a département of ours.
        ("Sceaux 15", "n’est pas dans la liste"),
        ("75014 Paris", "n’est pas dans la liste"),
    ],
)
def test_what_contradicts_itself_or_is_unknown(written, said):
    with pytest.raises(NotACommune, match=said):
        COMMUNES.of("", written)


def test_a_code_in_the_column_of_the_name_is_held_against_the_other_one():
    with pytest.raises(NotACommune, match="92002 est celui de Antony, et non de Sceaux"):
        COMMUNES.of("92002", "92071")


def test_a_code_that_is_a_postcode_too_is_neither():
    """Whoever writes 92040 means one of the two."""
    both = Communes([Commune(insee_code="92040", name="Issy", postcode="92130", latitude=1, longitude=2)])
    mixed = Communes(
        Commune(insee_code=code, name=name, postcode=postcode, latitude=1, longitude=2)
        for code, name, postcode in (("92040", "Issy", "92130"), ("92050", "Nanterre", "92040"))
    )

    assert both.of("", "92040").name == "Issy"
    with pytest.raises(NotACommune):
        mixed.of("", "92040")


@given(st.text(max_size=30))
def test_nothing_crashes(written):
    with suppress(NotACommune):
        COMMUNES.of("", written)
    bare, code = without_postcode(written)
    assert bare == written or code


WAYS = st.sampled_from(["{1} {0}", "{0} ({1})", "{0} (92)", "{0} {1}", "F-{1} {0}"])


@given(st.sampled_from([*COMMUNES.by_code.values()]), WAYS)
def test_each_is_itself_beside_its_postcode(commune, way):
    assert COMMUNES.of("", way.format(commune.name.upper(), commune.postcode)) == commune
