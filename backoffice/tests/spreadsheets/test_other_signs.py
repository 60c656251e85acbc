"""A CSV whose cells are parted by a sign that is none of ours is told so."""

import pytest

from backoffice.imports.directory.importer import DirectoryImporter
from core.spreadsheet_files.rows import NotReadable

pytestmark = pytest.mark.django_db
KNOWN = "Nom;Commune;Activités Sport\nJUDO CLUB;Antony;Judo"


def refusal(text):
    with pytest.raises(NotReadable) as refused:
        DirectoryImporter().plan(text.encode, lambda done, rows: None)
    return refused.value.sentence.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("sign", "|:^~")
def test_the_sign_is_named(sign):
    """The fresh-eyes trial: « Il manque la colonne Nom, Commune », and both were there."""
    assert f"Ses cases sont séparées par « {sign} »." in refusal(KNOWN.replace(";", sign))


def test_so_it_is_where_nobody_knows_the_titles():
    assert "séparées par « | »" in refusal("Quoi|Où|Sport\nJUDO CLUB|Antony|Judo")


@pytest.mark.parametrize("text", ["Quoi\nJUDO CLUB", "Quoi|Où\nJUDO CLUB|Antony|Judo", "a : b\nc : d"])
def test_of_others_nothing_is_guessed(text):
    assert "Il manque les colonnes" in refusal(text)
