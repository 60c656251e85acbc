"""By whom a copy was made."""

import pytest
from django.core.management import CommandError, call_command

from operations.backups import keys

from .copies import ANOTHER_KEY, forged, on_postgresql, restore, save, tables, unsign


@on_postgresql
def test_the_key_that_signed_was_changed_since(place, another_database, settings):
    """security.md F24: as on a machine that cannot sign at all."""
    copy = save(place)
    ours = keys.public_key()
    another_database()
    for key in (ANOTHER_KEY, ""):
        settings.BACKUP_SIGNING_KEY = key
        with pytest.raises(CommandError, match="n’est pas de nous"):
            restore(copy, place)
    assert tables() == []

    restore(copy, place, f"--signed-by={ours}")
    assert tables()


@on_postgresql
def test_a_copy_of_before_there_were_signatures(place, another_database, capsys):
    """security.md F24."""
    copy = save(place)
    unsign(copy)
    another_database()
    restore(copy, place, "--unsigned")

    told = capsys.readouterr()
    assert "Tout est revenu" in told.out
    assert "rien ne dit que ce site l’a faite" in told.err


@on_postgresql
def test_the_option_excuses_nobody_else(place, another_database):
    """security.md F24."""
    copy = save(place)
    sentence = forged(copy, place)
    another_database()
    with pytest.raises(CommandError, match=sentence):
        restore(copy, place, "--unsigned")
    assert tables() == []


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_without_a_key_it_is_saved_all_the_same(place, settings, capsys):
    settings.BACKUP_SIGNING_KEY = ""
    save(place)

    assert "cette sauvegarde n’est pas signée" in capsys.readouterr().err


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", ["é", "AAAA", "age1xyz"])
def test_a_key_that_is_none(place, settings, key):
    settings.BACKUP_SIGNING_KEY = key

    with pytest.raises(CommandError, match="BACKUP_SIGNING_KEY n’est pas une clé"):
        call_command("backup")
    assert not place.directory.exists()


@on_postgresql
def test_a_public_key_that_is_none(place, another_database):
    copy = save(place)
    another_database()

    with pytest.raises(CommandError, match="--signed-by n’est pas une clé"):
        restore(copy, place, "--signed-by=age1xyz")
    assert tables() == []
