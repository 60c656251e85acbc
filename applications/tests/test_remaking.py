"""Papers are opened beside the pages; what cannot be shown is asked for again."""

import io
import uuid

import pytest
from django_tasks_db.models import DBTaskResult
from PIL import Image

from applications import remaking, sending
from applications.models import ApplicationState, PaperState
from core import tasks
from core.papers import virus_scanner
from core.papers.sentences import DAMAGED, TOO_MUCH
from core.tests.queue import claim, pass_time, work

from .factories import make_child, make_photo, send

pytestmark = pytest.mark.django_db
# Enough to be taken for a photograph.
CUT = b"\xff\xd8\xff\xe0" + b"x" * 50


def states(application):
    return [paper.state for paper in application.papers.order_by("pk")]


def test_a_photograph_is_remade_and_is_what_agents_are_shown():
    photo = make_photo()
    application = send(make_child(), photo)
    work()

    paper = application.papers.get()
    application.refresh_from_db()
    assert (paper.state, paper.format, application.state) == ("readable", "jpeg", ApplicationState.SENT)
    assert paper.content != photo
    assert Image.open(io.BytesIO(paper.content)).size == (40, 40)


def test_one_that_cannot_be_shown_is_asked_for_again_and_the_other_stays(mailoutbox):
    application = send(make_child(), make_photo(), CUT)
    work()

    application.refresh_from_db()
    assert states(application) == [PaperState.READABLE, PaperState.REFUSED]
    assert (application.state, application.reason) == (ApplicationState.INCOMPLETE, DAMAGED)
    assert bytes(application.papers.order_by("pk")[1].sealed) == b""
    assert DAMAGED in mailoutbox[-1].body


def test_a_fault_that_was_made_good_is_not_told_again():
    application = send(make_child(), CUT)
    work()
    sending.complete(
        application_id=application.pk, key=uuid.uuid4(), papers=[make_photo()], actor=application.sent_by
    )
    work()

    application.refresh_from_db()
    assert application.state == ApplicationState.SENT
    assert states(application) == [PaperState.REFUSED, PaperState.READABLE]


def test_a_silent_scanner_is_waited_for(monkeypatch):
    application = send(make_child())

    def is_silent(content):
        raise virus_scanner.Silent

    with monkeypatch.context() as patch:
        patch.setattr(virus_scanner, "finds_something_in", is_silent)
        worker = tasks.Worker()
        while worker.run_next():
            pass
        assert worker.away() == ["l’antivirus"]
    assert states(application) == [PaperState.RECEIVED]
    work()
    assert states(application) == [PaperState.READABLE]


def test_what_kills_its_workers_is_asked_for_in_another_form(mailoutbox):
    application = send(make_child())
    for number in range(tasks.ATTEMPTS + 1):
        claim(f"killed {number}")
        pass_time()
        tasks.take_up_again()
    work()

    application.refresh_from_db()
    assert (application.state, application.reason) == (ApplicationState.INCOMPLETE, TOO_MUCH)
    assert not DBTaskResult.objects.filter(task_path=remaking.read_papers.module_path).exists()


def test_withdrawn_meanwhile_nothing_comes_back():
    application = send(make_child())
    [paper] = application.papers.all()
    sending.withdraw(application_id=application.pk, actor=application.sent_by)
    remaking._read(paper)
    work()

    application.refresh_from_db()
    assert (application.state, states(application)) == (ApplicationState.WITHDRAWN, [PaperState.DELETED])


def test_one_sealed_with_a_key_that_is_gone(settings):
    application = send(make_child())
    settings.SECRET_KEY = "another"
    work()

    application.refresh_from_db()
    assert (application.state, application.reason) == (ApplicationState.INCOMPLETE, DAMAGED)


def test_after_a_rotation_papers_open(settings):
    application = send(make_child())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    work()

    assert states(application) == [PaperState.READABLE]
