"""What several statements count in one snapshot is of one moment, whoever writes meanwhile."""

import threading
from contextlib import nullcontext

import pytest
from django.db import connection

from core.models import CommandRun
from core.snapshots import one_snapshot


def written_meanwhile():
    """By somebody else, who on SQLite waits until the snapshot ends."""

    def write():
        CommandRun.objects.note("somebody else")
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join(1)
    return thread


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("looked", "seen"),
    [
        pytest.param(one_snapshot, [0, 0], id="of one moment"),
        # The control: the case above tests the snapshot, and not our luck.
        pytest.param(nullcontext, [0, 1], id="of two moments"),
    ],
)
def test_somebody_writes_between_two_counts(looked, seen):
    with looked():
        first = CommandRun.objects.count()
        thread = written_meanwhile()
        second = CommandRun.objects.count()
    thread.join()

    assert [first, second] == seen
    assert CommandRun.objects.count() == 1
