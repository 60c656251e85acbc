"""The purge waits for nobody, while the site is in use."""

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.models import F

from accounts.models import Beneficiary, User
from accounts.tests.factories import make_user
from privacy.retention import sweeps
from tickets.models import Ticket
from wallets.models import Entry, Wallet

from .leaving import gone, make_former

pytestmark = pytest.mark.django_db
needs_row_locks = pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")


@needs_row_locks
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["parent", "child", "own login"])
def test_it_waits_for_nobody_and_comes_back_the_next_night(purge, who):
    """An import holds the child, or a parent: neither goes without the other."""
    parent, login = make_user("parent"), make_user("enfant")
    child, _ = make_former(parent, user=login)
    held = {"parent": parent, "child": child, "own login": login}[who]
    beside = connections.create_connection("default")
    try:
        with beside.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(f"SELECT 1 FROM {held._meta.db_table} WHERE id = %s FOR KEY SHARE", [held.pk])  # noqa: S608
        first = purge()
    finally:
        beside.close()

    assert first["Enfants anonymisés"] == 0
    assert purge()["Enfants anonymisés"] == 1
    assert not User.objects.filter(anonymised_at=None).exists()


@needs_row_locks
@pytest.mark.django_db(transaction=True)
def test_who_comes_back_at_this_very_instant_stays(purge, monkeypatch):
    """The list is read, a school's roster comes in between, and under the lock it is asked again."""
    parent = make_user("parent")
    child, _ = make_former(parent)
    locked = sweeps.Sweep._due
    asked = []

    def due(sweep, now):
        asked.append(sweep)
        if asked.count(sweep) == 2:
            Beneficiary.objects.filter(pk=child.pk).update(is_enrolled=True)
        return locked(sweep, now)

    monkeypatch.setattr(sweeps.Sweep, "_due", due)
    purge()

    assert gone() == set()
    assert not User.objects.exclude(anonymised_at=None).exists()


@needs_row_locks
@pytest.mark.django_db(transaction=True)
def test_nobody_waits_long_for_it_two_at_once(at_once):
    for _ in range(6):
        make_former(make_user())

    assert at_once(lambda: call_command("purge"), lambda: call_command("purge")) == ["done", "done"]
    with transaction.atomic():
        assert Beneficiary.objects.filter(anonymised_at=None).count() in range(7)
    call_command("purge")
    assert not Beneficiary.objects.filter(anonymised_at=None).exists()
    assert not Wallet.objects.out_of_balance().exists()
    assert not Ticket.objects.at_odds_with_ledger().exists()
    assert Entry.objects.filter(amount=F("amount")).count() == 6
