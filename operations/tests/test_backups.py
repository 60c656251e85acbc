"""The drill: a département is saved, destroyed and brought back, and a family finds its money again."""
# ruff: noqa: S603, S607 – programs of the system, asked in our own words

import datetime as dt
import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
from base64 import b64encode
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.models import QuerySet
from django.test import Client, override_settings

from accounts.demonstration import PASSWORD
from demo import family
from operations import backup_signatures, backups
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Entry

OUR_KEY, ANOTHER_KEY = (b64encode(letter * 32).decode() for letter in (b"o", b"a"))
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="saves PostgreSQL")


@pytest.fixture
def place(tmp_path, settings):
    """Where backups go, with the key that reads them; and that of somebody else."""
    place = SimpleNamespace(
        directory=tmp_path / "backups", key=tmp_path / "key", other_key=tmp_path / "other-key"
    )
    if shutil.which("age-keygen"):
        for key in (place.key, place.other_key):
            subprocess.run(["age-keygen", "-o", key], check=True, capture_output=True)
        settings.BACKUP_KEYS = [public(place.key)]
    else:  # Where nothing can be saved anyway.
        settings.BACKUP_KEYS = ["age1"]
    settings.BACKUP_DIR = str(place.directory)
    settings.BACKUP_SIGNING_KEY = OUR_KEY
    return place


def public(key):
    return re.search("public key: (age1.*)", key.read_text())[1]


@pytest.fixture
def another_database(transactional_db):
    """Call it to leave the database for a new one, with nothing in it; the test over, the old one is back."""
    first = connection.settings_dict["NAME"]
    name = f"{first}_drill"

    def go(where):
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
        connection.settings_dict["NAME"] = where

    def leave():
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        go(name)

    yield leave
    go(first)
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def save(place):
    call_command("backup", verbosity=0)
    [copy] = place.directory.glob("*.age")
    return copy


def restore(copy, place, *options, key=None):
    call_command("restore", str(copy), "--identity", str(key or place.key), *options)


def tables():
    return connection.introspection.table_names()


def balances_seen():
    """By a parent of the demonstration, who logs in."""
    client = Client()
    who = {"username": "parent.test", "password": PASSWORD}
    arrived = client.post("/accueil/", who, follow=True)
    children = arrived.context["user"].accessible_children
    pages = [client.get(f"/beneficiaires/{child.public_id}/loisirs/porte-monnaie/") for child in children]
    return [re.findall(r"\d+,\d\d\s€", page.text) for page in pages]


# --- There and back ---------------------------------------------------------------------------


@on_postgresql
def test_a_family_finds_its_money_again(place, another_database, capsys):
    family.load()
    make_ticket()
    before = balances_seen()
    copy = save(place)
    another_database()
    assert tables() == []

    restore(copy, place)

    assert len(before) == 2
    assert all(before)
    assert balances_seen() == before
    told = capsys.readouterr().out
    assert "Tout s’accorde : 7 porte-monnaie, 1 tickets." in told
    assert "Tout est revenu (porte-monnaie : 7, " in told


@on_postgresql
def test_the_ledger_is_guarded_as_before(place, another_database):
    make_ticket()
    copy = save(place)
    another_database()
    restore(copy, place)

    with pytest.raises(IntegrityError, match="wallets_entry_is_append_only"):
        QuerySet(Entry).update(amount=1)
    assert make_ticket().pk > Ticket.objects.earliest("pk").pk


@on_postgresql
def test_a_database_in_use_is_left_alone_unless_told(place, another_database):
    make_ticket()
    copy = save(place)
    another_database()
    restore(copy, place)
    make_ticket()

    with pytest.raises(CommandError, match="n’est pas vide"):
        restore(copy, place)
    assert Ticket.objects.count() == 2
    restore(copy, place, "--overwrite")
    assert Ticket.objects.count() == 1
    # What was made anew is a database like another: it is saved and comes back too.
    shutil.rmtree(place.directory)
    again = save(place)
    restore(again, place, "--overwrite")
    assert Ticket.objects.count() == 1


@on_postgresql
def test_older_than_the_program(place, another_database, monkeypatch):
    copy = save(place)
    another_database()
    monkeypatch.setattr(
        "operations.management.commands.restore.missing_migrations", lambda: {("tickets", "0099")}
    )

    with pytest.raises(CommandError, match=r"lancez « manage\.py migrate »"):
        restore(copy, place)


@on_postgresql
def test_something_is_missing_all_the_same(place, another_database):
    copy = save(place)
    rewrite(copy, holds=backups.holdings() | {"tickets": 1})
    another_database()

    with pytest.raises(CommandError, match=r"mais avec .*'tickets': 0.* au lieu de .*'tickets': 1"):
        restore(copy, place)


# --- What is refused, and changes nothing -----------------------------------------------------


def rewrite(copy, /, **more):
    """As if the manifest had been made, by us, for what the copy is now."""
    told = written_anew(copy) | more
    backups.manifest_of(copy).write_text(json.dumps(told | backup_signatures.sign(told)))


def written_anew(copy):
    """What anybody may write beside a copy; the signature stays as it was."""
    content = copy.read_bytes()
    made = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    return json.loads(backups.manifest_of(copy).read_text()) | made


def forge(copy, place):
    """Somebody else has a copy, and our public key: they may put what they like in it."""
    encrypt = ["age", "--recipient", public(place.key)]
    clear = subprocess.run(backups._decrypt(copy, place.key), check=True, capture_output=True).stdout
    forged = subprocess.run(encrypt, input=clear, check=True, capture_output=True).stdout
    assert forged != copy.read_bytes()
    copy.write_bytes(forged)


def forged(copy, place):
    forge(copy, place)
    backups.manifest_of(copy).write_text(json.dumps(written_anew(copy)))
    return "n’est pas de nous"


def forged_and_signed_by_another(copy, place):
    forge(copy, place)
    told = written_anew(copy)
    with override_settings(BACKUP_SIGNING_KEY=ANOTHER_KEY):
        told |= backup_signatures.sign({name: told[name] for name in told if name != "signature"})
    backups.manifest_of(copy).write_text(json.dumps(told))
    return "n’est pas de nous"


def forged_and_unsigned(copy, place):
    forge(copy, place)
    unsign(copy)
    return "n’est pas signée"


def unsign(copy):
    """As copies were made before there were signatures."""
    told = {name: value for name, value in written_anew(copy).items() if name in {"sha256", "bytes", "holds"}}
    backups.manifest_of(copy).write_text(json.dumps(told))


def with_other_sums(copy, place):
    told = written_anew(copy)
    told["holds"]["tickets"] += 1
    backups.manifest_of(copy).write_text(json.dumps(told))
    return "n’est pas de nous"


def with_an_unreadable_signature(copy, place):
    backups.manifest_of(copy).write_text(json.dumps(written_anew(copy) | {"signature": ["é"]}))
    return "n’est pas de nous"


def of_another_day(copy, place):
    """Ours, but older than its name says."""
    rewrite(copy, copy="passplus-2026-01-01T00-00-00Z.age")
    return "elle s’appelait passplus-2026-01-01"


def truncated(copy, place):
    copy.write_bytes(copy.read_bytes()[:-1000])
    return "est tronquée"


def truncated_with_its_manifest(copy, place):
    truncated(copy, place)
    rewrite(copy)
    return "ne se déchiffre pas"


def tampered_with(copy, place):
    content = bytearray(copy.read_bytes())
    content[-1000] ^= 1
    copy.write_bytes(content)
    return "a été modifiée"


def tampered_with_its_manifest(copy, place):
    tampered_with(copy, place)
    rewrite(copy)
    return "ne se déchiffre pas"


def without_manifest(copy, place):
    backups.manifest_of(copy).unlink()
    return "manque ou ne se lit pas"


def of_half_a_dump(copy, place):
    """Well encrypted, and yet the end is not there: only pg_restore sees it, when much is written."""
    clear = subprocess.run(backups._decrypt(copy, place.key), check=True, capture_output=True).stdout
    encrypt = ["age", "--recipient", public(place.key)]
    half = subprocess.run(encrypt, input=clear[: len(clear) // 2], check=True, capture_output=True)
    copy.write_bytes(half.stdout)
    rewrite(copy)
    return "La base a refusé"


def gone(copy, place):
    copy.unlink()
    return "ne se lit pas"


@on_postgresql
@pytest.mark.parametrize(
    "spoil",
    [
        truncated,
        truncated_with_its_manifest,
        tampered_with,
        tampered_with_its_manifest,
        without_manifest,
        of_half_a_dump,
        gone,
        forged,
        forged_and_signed_by_another,
        forged_and_unsigned,
        with_other_sums,
        with_an_unreadable_signature,
        of_another_day,
    ],
)
def test_what_is_spoiled_comes_back_not_even_half(place, another_database, spoil):
    """Nor what somebody else made: security.md F24."""
    make_ticket()
    copy = save(place)
    sentence = spoil(copy, place)
    another_database()

    with pytest.raises(CommandError, match=sentence):
        restore(copy, place)
    assert tables() == []
    # Nor does it cost what is there.
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE precious ()")
    with pytest.raises(CommandError, match=sentence):
        restore(copy, place, "--overwrite")
    assert tables() == ["precious"]


@on_postgresql
def test_the_key_of_somebody_else(place, another_database):
    copy = save(place)
    another_database()

    with pytest.raises(CommandError, match="n’est pas chiffrée pour cette clé"):
        restore(copy, place, key=place.other_key)
    assert tables() == []


# --- By whom it was made ----------------------------------------------------------------------


@on_postgresql
def test_the_key_that_signed_was_changed_since(place, another_database, settings):
    """security.md F24: as on a machine that cannot sign at all."""
    copy = save(place)
    ours = backup_signatures.public_key()
    another_database()
    for key in (ANOTHER_KEY, ""):
        settings.BACKUP_SIGNING_KEY = key
        with pytest.raises(CommandError, match="n’est pas de nous"):
            restore(copy, place)
    assert tables() == []

    settings.BACKUP_SIGNED_BY = [ours]
    restore(copy, place)
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
    assert "rien ne dit que Pass+ l’a faite" in told.err


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
@pytest.mark.parametrize("name", ["BACKUP_SIGNING_KEY", "BACKUP_SIGNED_BY"])
@pytest.mark.parametrize("key", ["é", "AAAA", "age1xyz"])
def test_a_key_that_is_none(place, settings, name, key):
    setattr(settings, name, key if name == "BACKUP_SIGNING_KEY" else [key])

    with pytest.raises(CommandError, match=f"{name} n’est pas une clé"):
        call_command("backup")
    assert not place.directory.exists()


# --- What is saved ----------------------------------------------------------------------------


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_what_lies_there_says_nothing(place):
    family.load()
    copy = save(place)

    assert copy.read_bytes().startswith(b"age-encryption.org/v1")
    assert b"Garance" not in copy.read_bytes() + backups.manifest_of(copy).read_bytes()
    assert {path.suffix for path in place.directory.iterdir()} == {".age", ".json"}
    assert copy.stat().st_mode & 0o777 == 0o600
    assert place.directory.stat().st_mode & 0o777 == 0o700


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("breaks", "sentence"),
    [("age", "age n’a pas chiffré"), ("pg_dump", "pg_dump a échoué")],
)
def test_a_copy_that_fails_is_not_there(place, monkeypatch, breaks, sentence):
    tools = place.key.parent / "tools"
    tools.mkdir()
    (tools / breaks).write_text("#!/bin/sh\nhead -c 100000\nexit 1\n")
    (tools / breaks).chmod(0o755)
    monkeypatch.setenv("PATH", str(tools), prepend=":")

    with pytest.raises(CommandError, match=sentence):
        save(place)
    assert list(place.directory.iterdir()) == []


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_disk_that_is_full(place, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(CommandError, match="Rien n’est sauvegardé : "):
        save(place)
    assert list(place.directory.iterdir()) == []


@pytest.mark.parametrize("name", ["BACKUP_DIR", "BACKUP_KEYS"])
def test_a_setting_that_is_missing(settings, name):
    settings.BACKUP_DIR, settings.BACKUP_KEYS = "somewhere", ["age1"]
    setattr(settings, name, "")

    with pytest.raises(CommandError, match="BACKUP_DIR ou BACKUP_KEYS manque"):
        call_command("backup")


def test_a_tool_that_is_missing(place, monkeypatch):
    monkeypatch.setenv("PATH", "")

    sentence = "deploy/system-packages backup" if connection.vendor == "postgresql" else "Seule une base"
    with pytest.raises(CommandError, match=sentence):
        call_command("backup")
    assert not place.directory.exists()


@on_postgresql
def test_never_through_a_pooler(place, settings):
    """pg_dump empties the search_path of its connection, which then is somebody else's."""
    settings.DATABASE_POOLER = True
    with pytest.raises(CommandError, match="DATABASE_DIRECT_URL"):
        call_command("backup")


def test_how_long_they_stay(tmp_path, monkeypatch):
    now = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    def lay(days, hours=0, suffix=".age"):
        at = now - dt.timedelta(days=days, hours=hours)
        path = tmp_path / at.strftime(f"{backups.NAME}{suffix}")
        path.touch()
        backups.manifest_of(path).touch()
        return path

    kept = [lay(0), lay(0, 1), lay(1), lay(1, 5), lay(3), lay(29), lay(0, 2, ".part")]
    gone = [lay(3, 1), lay(3, 2), lay(29, 3), lay(30, 1), lay(400), lay(5, suffix=".part")]
    other = tmp_path / "passplus-notes.age"
    other.touch()

    assert backups.prune(directory=tmp_path, days=30) == len(gone)
    assert {path for path in tmp_path.iterdir() if path.suffix != ".json"} == {*kept, other}
    assert {path.stem for path in tmp_path.glob("*.json")} == {path.stem for path in kept}
