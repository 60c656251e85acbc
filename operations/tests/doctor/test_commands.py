import datetime as dt

import pytest
from django.utils import timezone
from post_office.models import STATUS, Email

from accounts.tests.factories import make_user
from backoffice.models import Import, Sort, Stage
from core.models import CommandRun
from operations import runs
from operations.doctor import commands

from .faults import wrong


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
        ("deliver", {"minutes": 14}, False),
        ("deliver", {"minutes": 16}, True),
        ("run_imports", {"minutes": 16}, True),
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
def test_a_worker_amid_a_long_round():
    for name in ("deliver", "run_imports"):
        ran(name, hours=3)
    Email.objects.create(from_email="a@pass.example", to=["b@pass.example"], status=STATUS.sent)
    agent = make_user("agent")
    Import.objects.create(
        sort=Sort.ROSTER, name="eleves.csv", content=b"", stage=Stage.RUNNING, owner=agent, confirmed_by=agent
    )

    assert "a réussi" in commands.check("deliver")
    assert "a réussi" in commands.check("run_imports")
