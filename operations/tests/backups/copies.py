"""Copies of a test: made, brought back, and changed by whoever has them."""
# ruff: noqa: S603 – programs of the system, asked in our own words

import hashlib
import json
import re
import subprocess
from base64 import b64encode

import pytest
from django.core.management import call_command
from django.db import connection

from operations.backups import manifests, signatures
from operations.backups.programs import decrypt

OUR_KEY, ANOTHER_KEY = (b64encode(letter * 32).decode() for letter in (b"o", b"a"))
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="saves PostgreSQL")


def public(key):
    return re.search("public key: (age1.*)", key.read_text())[1]


def save(place):
    call_command("backup", verbosity=0)
    [copy] = place.directory.glob("*.age")
    return copy


def restore(copy, place, *options, key=None):
    call_command("restore", str(copy), "--identity", str(key or place.key), *options)


def tables():
    return connection.introspection.table_names()


def rewrite(copy, /, **more):
    """As if the manifest had been made, by us, for what the copy is now."""
    told = written_anew(copy) | more
    manifests.manifest_of(copy).write_text(json.dumps(told | signatures.sign(told)))


def written_anew(copy):
    """What anybody may write beside a copy; the signature stays as it was."""
    content = copy.read_bytes()
    made = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    return json.loads(manifests.manifest_of(copy).read_text()) | made


def forge(copy, place):
    """Somebody else has a copy, and our public key: they may put what they like in it."""
    encrypt = ["age", "--recipient", public(place.key)]
    clear = subprocess.run(decrypt(copy, place.key), check=True, capture_output=True).stdout
    forged = subprocess.run(encrypt, input=clear, check=True, capture_output=True).stdout
    assert forged != copy.read_bytes()
    copy.write_bytes(forged)


def forged(copy, place):
    forge(copy, place)
    manifests.manifest_of(copy).write_text(json.dumps(written_anew(copy)))
    return "n’est pas de nous"


def unsign(copy):
    """As copies were made before there were signatures."""
    told = {name: value for name, value in written_anew(copy).items() if name in {"sha256", "bytes", "holds"}}
    manifests.manifest_of(copy).write_text(json.dumps(told))
