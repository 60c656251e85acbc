"""Opens the papers of an application, beside the pages; what cannot be shown is asked for again at once."""

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, task

from core import tasks
from core.papers import virus_scanner
from core.papers.cleaning import PaperRefused, clean
from core.papers.sentences import DAMAGED, TOO_MUCH
from core.sealing import NotSealed
from core.tasks import Priority, Queue

from . import mail
from .models import Application, ApplicationState, Paper, PaperState
from .models.paper import PaperQuerySet


@task(queue_name=Queue.FILES, priority=Priority.FILE, takes_context=True)
def read_papers(context: TaskContext, *, application_id: int) -> None:
    """Each paper in a process of its own and a statement of its own: begun twice, none is remade twice."""
    if tasks.was_begun_too_often(context):
        give_up(application_id)
    for paper in _received(application_id).order_by("pk"):
        _read(paper)
        if not tasks.say_alive(context):
            return
    with transaction.atomic():
        if tasks.end(context):
            _judge(application_id)


def give_up(application_id: int) -> None:
    """What stops each worker that opens it is asked for in another form."""
    with transaction.atomic():
        _received(application_id).update(state=PaperState.REFUSED, sealed=b"", fault=TOO_MUCH)
        _judge(application_id)


def _read(paper: Paper) -> None:
    try:
        remade = clean(paper.content)
    except PaperRefused as refusal:
        _write(paper, state=PaperState.REFUSED, sealed=b"", fault=refusal.told())
    except NotSealed:
        # Sealed with a key that is gone.
        _write(paper, state=PaperState.REFUSED, sealed=b"", fault=DAMAGED)
    except virus_scanner.Silent as silence:
        raise tasks.Away("l’antivirus") from silence
    else:
        sealed = paper.seal(remade.content)
        _write(paper, state=PaperState.READABLE, sealed=sealed, format=remade.format.value)


def _write(paper: Paper, **fields: object) -> None:
    """Unless it was deleted meanwhile."""
    Paper.objects.filter(pk=paper.pk, state=PaperState.RECEIVED).update(**fields)


def _received(application_id: int) -> PaperQuerySet:
    return Paper.objects.filter(application=application_id, state=PaperState.RECEIVED)


def _judge(application_id: int) -> None:
    """Of what came with the last form. An application that was decided or withdrawn meanwhile stays so."""
    papers = Paper.objects.filter(application=application_id)
    last = papers.order_by("-pk").values_list("key", flat=True)[:1]
    refused = papers.filter(key__in=list(last), state=PaperState.REFUSED).order_by("pk")
    faults = list(dict.fromkeys(refused.values_list("fault", flat=True)))
    sent = Application.objects.filter(pk=application_id, state=ApplicationState.SENT)
    if faults and sent.update(
        state=ApplicationState.INCOMPLETE, waiting_since=timezone.now(), reason=" ".join(faults)[:700]
    ):
        mail.incomplete(application_id)
