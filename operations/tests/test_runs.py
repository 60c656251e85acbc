"""A command that succeeds leaves a trace."""

import runpy
import sys

import pytest
from django.conf import settings

from core.models import CommandRun
from operations import metrics, runs
from tickets.tests.factories import make_ticket
from wallets.models import Wallet

# A command closes its connections when it ends.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manage(monkeypatch):
    """`manage("check_ledger")`: as typed in a terminal."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["manage.py", *arguments])
        runpy.run_path(str(settings.BASE_DIR / "manage.py"), run_name="__main__")

    return run


def traces():
    return set(CommandRun.objects.values_list("name", flat=True))


@pytest.mark.parametrize("name", runs.DUTIES)
def test_each_leaves_a_trace(manage, monkeypatch, name):
    # How a backup is made is tried elsewhere.
    monkeypatch.setattr("operations.management.commands.backup.Command.handle", lambda *_, **__: None)
    manage(*name.split())
    first = CommandRun.objects.get(name=name)
    manage(*name.split())

    assert traces() == {name}
    assert CommandRun.objects.get().succeeded_at > first.succeeded_at


def test_who_fails_leaves_none(manage):
    make_ticket()
    Wallet.objects.update(balance=1)

    with pytest.raises(SystemExit):
        manage("check_ledger")
    assert traces() == set()


def test_nor_does_who_only_tries(manage):
    """The doctor would believe that families are forgotten in time."""
    manage("purge", "--dry-run")

    assert traces() == set()


def test_other_commands_leave_none(manage):
    for arguments in ([], ["help"], ["check"]):
        manage(*arguments)

    assert traces() == set()


def test_prometheus_reads_them():
    runs.note("check_ledger")

    at = CommandRun.objects.get().succeeded_at.timestamp()
    name = 'passplus_command_success_timestamp_seconds{command="check_ledger"} '
    [line] = [it for it in metrics.reading().decode().splitlines() if it.startswith(name)]
    assert float(line.removeprefix(name)) == pytest.approx(at)
