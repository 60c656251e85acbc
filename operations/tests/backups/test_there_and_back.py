"""The drill: a département is saved, destroyed and brought back, and a family finds its money again."""

import re
import shutil

import pytest
from django.core.management import CommandError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.test import Client

from accounts.demonstration import PASSWORD
from demo import family
from operations.backups import manifests
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Entry

from .copies import on_postgresql, restore, rewrite, save, tables


def balances_seen():
    """By a parent of the demonstration, who logs in."""
    client = Client()
    who = {"username": "parent.test", "password": PASSWORD}
    arrived = client.post("/accueil/", who, follow=True)
    children = arrived.context["user"].accessible_children
    pages = [client.get(f"/beneficiaires/{child.public_id}/loisirs/porte-monnaie/") for child in children]
    return [re.findall(r"\d+,\d\d\s€", page.text) for page in pages]


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
    rewrite(copy, holds=manifests.holdings() | {"tickets": 1})
    another_database()

    with pytest.raises(CommandError, match=r"mais avec .*'tickets': 0.* au lieu de .*'tickets': 1"):
        restore(copy, place)
