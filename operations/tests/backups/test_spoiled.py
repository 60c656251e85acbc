"""What is refused, and changes nothing."""
# ruff: noqa: S603 – programs of the system, asked in our own words

import json
import subprocess

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test import override_settings

from operations.backups import manifests, signatures
from operations.backups.programs import decrypt
from tickets.tests.factories import make_ticket

from .copies import (
    ANOTHER_KEY,
    forge,
    forged,
    on_postgresql,
    public,
    restore,
    rewrite,
    save,
    tables,
    unsign,
    written_anew,
)


def forged_and_signed_by_another(copy, place):
    forge(copy, place)
    told = written_anew(copy)
    with override_settings(BACKUP_SIGNING_KEY=ANOTHER_KEY):
        told |= signatures.sign({name: told[name] for name in told if name != "signature"})
    manifests.manifest_of(copy).write_text(json.dumps(told))
    return "n’est pas de nous"


def forged_and_unsigned(copy, place):
    forge(copy, place)
    unsign(copy)
    return "n’est pas signée"


def with_other_sums(copy, place):
    told = written_anew(copy)
    told["holds"]["tickets"] += 1
    manifests.manifest_of(copy).write_text(json.dumps(told))
    return "n’est pas de nous"


def with_an_unreadable_signature(copy, place):
    manifests.manifest_of(copy).write_text(json.dumps(written_anew(copy) | {"signature": ["é"]}))
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
    manifests.manifest_of(copy).unlink()
    return "manque ou ne se lit pas"


def of_half_a_dump(copy, place):
    """Well encrypted, and yet the end is not there: only pg_restore sees it, when much is written."""
    clear = subprocess.run(decrypt(copy, place.key), check=True, capture_output=True).stdout
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
