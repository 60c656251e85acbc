import datetime as dt

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from backoffice.models import Import, Sort, Stage
from core.models import CommandRun
from operations import runs
from operations.doctor import commands

from .faults import wrong

MAIL, FILES = "run_tasks --queue mail", "run_tasks --queue files"


def ran(name, **ago):
    CommandRun.objects.create(name=name, succeeded_at=timezone.now() - dt.timedelta(**ago))


@pytest.mark.django_db
@pytest.mark.parametrize("name", runs.DUTIES)
def test_a_command_that_never_ran(name):
    with wrong("n’a encore jamais réussi", f"manage.py {name}"):
        commands.check(name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "ago", "too_long"),
    [
        (MAIL, {"minutes": 14}, False),
        (MAIL, {"minutes": 16}, True),
        (FILES, {"minutes": 16}, True),
        ("expire_tickets", {"hours": 35}, False),
        ("expire_tickets", {"hours": 37}, True),
        ("send_reminders", {"hours": 37}, True),
        ("check_ledger", {"hours": 37}, True),
    ],
)
def test_a_command_that_has_not_run_lately(name, ago, too_long):
    ran(name, **ago)
    if not too_long:
        assert "a réussi le" in commands.check(name)
        return
    with wrong("n’a plus réussi depuis le", f"manage.py {name}"):
        commands.check(name)


@pytest.mark.django_db
def test_a_worker_amid_a_long_import():
    for name in (MAIL, FILES):
        ran(name, hours=3)
    agent = make_user("agent")
    Import.objects.create(
        sort=Sort.ROSTER, name="eleves.csv", content=b"", stage=Stage.RUNNING, owner=agent, confirmed_by=agent
    )

    assert "a réussi" in commands.check(FILES)
    with wrong("n’a plus réussi", f"manage.py {MAIL}"):
        commands.check(MAIL)
