"""Accents are read as they were written, or the file is refused."""

import pytest

from backoffice.tests.roster.rosters import ANNE, LINA, plan
from core.spreadsheet_files.decoding import decoded, was_decoded_wrong
from core.spreadsheet_files.rows import NotReadable

from .broken import compare, lines

pytestmark = pytest.mark.django_db

NAMES = "Hélène LEFÈVRE, Zoé GÉRÔME, Loïc d’Ormesson, François, Åse Sjöström"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_what_is_what_it_seems_is_read(encoding):
    """cases 13, admin.md 44: « HŽl�ne LEFéVRE » was created."""
    assert decoded(NAMES.encode(encoding)) == NAMES


def test_as_msdos_wrote():
    assert decoded("Hélène, Zoé, Loïc".encode("cp850")) == "Hélène, Zoé, Loïc"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("ZoÃ© GÃ‰RÔME".encode("cp1252"), id="one inside the other"),
        pytest.param("Zoé".encode() + b"\nL\xe9a", id="two encodings"),
        pytest.param("LEFÈVRE".encode("mac_roman"), id="nobody can say"),
        pytest.param(b"L\x81\x8d\x9da", id="none"),
    ],
)
def test_accents_that_nobody_can_read_refuse_the_file(content):
    """cases 13, admin.md 44"""
    content = content if b"\n" in content else b"\n" + content
    with pytest.raises(NotReadable, match=r"à partir de la ligne 2.*CSV UTF-8"):
        compare("\n".join(lines("G1301")).encode().splitlines()[0].replace("é".encode(), b"e") + content)


@pytest.mark.parametrize("broken", ["ZoÃ©", "GÃ‰RÔME", "L�a", "L\x8ea", "HŽlˇne‚x", "Zo√©", "dâ€™Or", "Zo├®"])
def test_a_cell_that_was_decoded_wrong_before_is_refused_by_its_line(broken):
    """cases 13, admin.md 44: in a file that is UTF-8 by now."""
    [(row, told)] = plan(LINA | ANNE | {"Prénom": broken}, LINA | {"Numéro d’élève": "E0002"} | ANNE).refused

    assert (row, "accents de la case Prénom" in told) == (2, True)


@pytest.mark.parametrize(
    "name", ["SÃO JOÃO", "CONCEIÇÃO", "Ângela", "Žana ŠARIĆ", "Łucja", "O’BRIEN", "Ødegård"]
)
def test_a_name_from_elsewhere_is_none(name):
    assert not was_decoded_wrong(name)


def test_letters_and_accents_apart_are_one_letter():
    """cases 36: from a Mac."""
    bring = plan(LINA | ANNE | {"Prénom": "Zoe\N{COMBINING ACUTE ACCENT}"}).created

    assert bring[0].child.first_name == "Zoé"


@pytest.mark.parametrize("name", ["HÈlËne", "FranÁois", "LoÔc", "NoÎl", "ZoÈ"])
def test_what_a_spreadsheet_read_as_windows_and_wrote_anew_is_refused(name):
    """cases 13, of its kind: a Mac's file, opened and saved as XLSX, made names without a word."""
    assert was_decoded_wrong(name)


@pytest.mark.parametrize("name", ["Élise", "JÉRÔME", "D’ÉRASME", "Zoé", "MAC ÉWAN", "Léa-Élodie"])
def test_capitals_where_names_have_them(name):
    assert not was_decoded_wrong(name)
