"""A file that is made beside the pages: piece by piece, by one attempt, for one owner, for a day."""

from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, task
from django_tasks_db.models import DBTaskResult

from accounts.tests.factories import make_user
from core import prepared, tasks
from core.models import KEPT_FOR, Piece, PreparedFile, Stage
from core.prepared import Progress
from core.tasks import Queue
from core.tests.queue import claim, pass_time, work

pytestmark = pytest.mark.django_db


def content(tell: Progress, *, rows: int = 3, trouble: Exception | None = None):
    for number in range(rows):
        tell(number, rows)
        yield bytes([number]) * 600_000
    if trouble:
        raise trouble


def nothing(file):
    pass


@task(queue_name=Queue.FILES, takes_context=True)
def make(context: TaskContext, *, file_id: int) -> None:
    prepared.write(context, file_id=file_id, content=content, once_ready=nothing)


@task(queue_name=Queue.FILES, takes_context=True)
def break_down(context: TaskContext, *, file_id: int) -> None:
    broken = partial(content, trouble=ValueError("of DURAND"))
    prepared.write(context, file_id=file_id, content=broken, once_ready=nothing)


@task(queue_name=Queue.FILES, takes_context=True)
def be_stopped(context: TaskContext, *, file_id: int) -> None:
    stopped = partial(content, trouble=prepared.Stopped("Trop grand."))
    prepared.write(context, file_id=file_id, content=stopped, once_ready=nothing)


def ask(how=make, owner=None, **fields):
    asked = {"name": "a.csv", "about": "", "content_type": "text/csv"} | fields
    return prepared.ask(owner_id=(owner or make_user()).pk, task=how, **asked)


def claimed_by(worker):
    return tasks.context_of(claim(worker))


def test_it_is_written_in_pieces_and_read_in_their_order():
    file = ask()
    work()
    file.refresh_from_db()

    pieces = list(prepared.read(file))
    assert file.is_ready
    assert b"".join(pieces) == b"".join(bytes([number]) * 600_000 for number in range(3))
    assert max(map(len, pieces)) < 2 * prepared.PIECE


@pytest.mark.parametrize(
    ("how", "told"), [(break_down, prepared.BROKEN), (be_stopped, "Trop grand.")], ids=["broken", "refused"]
)
def test_what_stops_it_is_told(how, told):
    file = ask(how)
    work()
    file.refresh_from_db()

    assert (file.stage, file.trouble) == (Stage.REFUSED, told)


def test_asked_for_twice_it_is_made_once():
    owner = make_user()

    assert ask(owner=owner) == ask(owner=owner)
    assert ask(owner=owner) != ask()
    assert DBTaskResult.objects.count() == 2


def test_nobody_fills_the_queue():
    owner = make_user()
    for number in range(prepared.AT_MOST):
        ask(owner=owner, name=f"{number}.csv")
    with pytest.raises(prepared.TooMany):
        ask(owner=owner, name="more.csv")

    work()
    assert ask(owner=owner, name="more.csv")


def test_a_worker_killed_amid_it_leaves_nothing_in_the_file():
    file = ask()
    attempt = claimed_by("killed")
    with pytest.raises(GeneratorExit):
        prepared.write(attempt, file_id=file.pk, content=dying, once_ready=nothing)
    assert Piece.objects.count() == 1
    pass_time()
    tasks.take_up_again()
    work()
    file.refresh_from_db()

    assert (file.attempt, file.stage) == (2, Stage.READY)
    assert len(b"".join(prepared.read(file))) == 1_800_000
    assert set(Piece.objects.values_list("attempt", flat=True)) == {2}


def dying(tell):
    """What no `except Exception` sees, like kill -9."""
    tell(0, 2)
    yield b"x" * 2 * prepared.PIECE
    raise GeneratorExit


def test_a_worker_that_was_taken_for_dead_adds_nothing():
    """It wakes up amid its file, which another one has made meanwhile."""
    file = ask()
    slow = claimed_by("slow")

    def sleep(tell):
        tell(0, 2)
        yield b"x" * 2 * prepared.PIECE
        pass_time()
        tasks.take_up_again()
        work()
        tell(1, 2)
        raise AssertionError("it was told that it is alive")

    prepared.write(slow, file_id=file.pk, content=sleep, once_ready=nothing)
    file.refresh_from_db()
    assert (file.attempt, file.stage) == (2, Stage.READY)
    assert len(b"".join(prepared.read(file))) == 1_800_000


def test_stopped_its_worker_adds_nothing():
    file = ask()
    attempt = claimed_by("at work")

    def stopped(tell):
        tell(0, 2)
        assert prepared.stop(file_id=file.pk)
        tell(1, 2)
        raise AssertionError("it was told that it goes on")

    prepared.write(attempt, file_id=file.pk, content=stopped, once_ready=nothing)
    file.refresh_from_db()
    assert (file.stage, file.trouble) == (Stage.REFUSED, prepared.STOPPED)
    assert not prepared.stop(file_id=file.pk)


def test_what_changes_something_else_does_so_for_its_own_attempt_alone():
    file = ask()
    slow = claimed_by("slow")

    def sleep(tell):
        tell(0, 2)
        with transaction.atomic():
            assert prepared.hold(slow, file_id=file.pk) == file
        pass_time()
        tasks.take_up_again()
        work()
        with transaction.atomic():
            prepared.hold(slow, file_id=file.pk)
        yield b"never"

    prepared.write(slow, file_id=file.pk, content=sleep, once_ready=nothing)
    file.refresh_from_db()
    assert (file.attempt, file.stage) == (2, Stage.READY)


def test_what_kills_its_workers_is_given_up():
    file = ask()
    for _ in range(tasks.ATTEMPTS):
        claim()
        pass_time()
        tasks.take_up_again()
    work()
    file.refresh_from_db()

    assert (file.stage, file.trouble) == (Stage.REFUSED, prepared.TOO_OFTEN)


def test_after_a_day_nobody_takes_it_and_it_goes():
    file = ask()
    work()
    PreparedFile.objects.update(created_at=timezone.now() - KEPT_FOR)
    file.refresh_from_db()

    assert not file.is_ready
    assert prepared.forget() == 1
    assert not Piece.objects.exists()


def test_a_file_that_is_gone_stops_its_worker():
    file = ask()
    PreparedFile.objects.all().delete()
    work()

    assert not Piece.objects.exists()
    assert not PreparedFile.objects.filter(pk=file.pk).exists()


def test_the_database_knows_what_is_possible(refused_by):
    file = ask()
    mine = PreparedFile.objects.filter(pk=file.pk)
    with refused_by("core_preparedfile_stage_is_known"):
        mine.update(stage="x")
    with refused_by("core_preparedfile_rows_done_of_rows"):
        mine.update(rows_done=1)
    with refused_by("core_preparedfile_refused_says_why"):
        mine.update(stage=Stage.REFUSED)
    Piece.objects.create(file=file, attempt=1, number=0, content=b"")
    with refused_by("core_piece_once"):
        Piece.objects.create(file=file, attempt=1, number=0, content=b"")
