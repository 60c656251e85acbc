"""Tells what a confirmed return says, beside the pages."""

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, task

from accounts.models import User
from core import tasks
from core.tasks import Priority, Queue
from payments import outcomes
from payments.exceptions import BatchRefused
from payments.models import Fate, Outcome, ReturnFile, ReturnLine, ReturnState, Verdict

from . import judging

SAYS_ALIVE_EVERY = 100


@task(queue_name=Queue.FILES, priority=Priority.FILE, takes_context=True)
def tell_lines(context: TaskContext, *, file_id: int) -> None:
    """Each line in a transaction of its own: begun twice, it goes on where it was; then settle the batch."""
    file = ReturnFile.objects.select_related("confirmed_by").get(pk=file_id)
    if file.state != ReturnState.CONFIRMED or file.confirmed_by is None:
        return
    waiting = file.lines.to_tell().order_by("number")
    for place, line in enumerate(list(waiting.defer("cells")), start=1):
        _tell(line, file.confirmed_by)
        if place % SAYS_ALIVE_EVERY == 0 and not tasks.say_alive(context):
            # Another worker has it.
            return
    outcomes.settle(file.batch_id)
    done = ReturnFile.objects.filter(pk=file_id, state=ReturnState.CONFIRMED)
    done.update(state=ReturnState.DONE, done_at=timezone.now())


def _tell(line: ReturnLine, actor: User) -> None:
    """What became known of its payment since it was confirmed goes before what it says."""
    waiting = ReturnLine.objects.to_tell().filter(pk=line.pk)
    try:
        with transaction.atomic():
            outcomes.tell(fate=Fate(line.fate), actor=actor, settles=False, **line.words)
            waiting.update(verdict=Verdict.TOLD)
    except BatchRefused as refusal:
        found = judging.again(line, Outcome.objects.filter(payment=line.payment_id).order_by("pk"))
        if found.verdict == Verdict.TO_TELL:
            # Something else than an agent read: paid meanwhile, it would be a return.
            found = judging.Judged(Verdict.REFUSED, refusal.told())
        waiting.update(verdict=found.verdict, why=found.why)
