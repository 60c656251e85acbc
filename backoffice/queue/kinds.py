"""What is done beside the pages, kind by kind: what agents call it, what waits for it, where they see it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email

from accounts import identifiers, signing_up
from accounts.models import ForgottenRequest, SignUp
from applications import attesting, proposing, remaking
from applications.models import Paper, PaperState
from backoffice.exports.lists import write_export
from backoffice.imports import contacts
from backoffice.imports import worker as imports
from backoffice.invitations.jobs import send_mails, write_letters
from backoffice.models import Import, Stage
from core import delivery, outbox
from core.tasks import Priority
from partners import locating
from payments import preparing, settling
from payments.files import making
from payments.models import Batch, BatchState, FileKind, ReturnFile, ReturnState
from payments.returns import writing as returns
from tickets import notices
from tickets.figures import kept
from tickets.models import Notice


def _nothing(row: int) -> None:
    """What becomes of the row is told there already."""


def _themselves(rows: Collection[int]) -> Mapping[int, int]:
    return {row: row for row in rows}


def _tickets(notes: Collection[int]) -> Mapping[int, int]:
    return dict(Notice.objects.filter(pk__in=notes).values_list("pk", "ticket_id"))


def _no_rows() -> Iterable[tuple[int, int]]:
    return ()


@dataclass(frozen=True)
class Kind:
    task: Task[Any, Any]
    # The argument that is the number of its row.
    argument: str
    what: str
    # Those that wait for such a task, each with its priority.
    rows: Callable[[], Iterable[tuple[int, int]]] = _no_rows
    # Called once one that failed is too old to be tried again.
    give_up: Callable[[int], object] = _nothing
    # An admin page, and which of these rows it shows, by their own numbers.
    page: str = ""
    shown_as: Callable[[Collection[int]], Mapping[int, int]] = _themselves

    def enqueue(self, row: int, priority: int) -> None:
        self.task.using(priority=priority).enqueue(**{self.argument: row})

    def row_of(self, task: DBTaskResult) -> int:
        row: int = task.args_kwargs["kwargs"][self.argument]
        return row


def _emails() -> Iterable[tuple[int, int]]:
    waiting = Email.objects.filter(status__in=delivery.WAITING).order_by("pk")
    return ((row.pk, outbox.priority_of(row)) for row in waiting.only("pk", "priority").iterator())


def _sign_ups() -> Iterable[tuple[int, int]]:
    waiting = SignUp.objects.filter(mailed_at=None).order_by("pk").values_list("pk", flat=True)
    return ((pk, Priority.LINK) for pk in waiting)


def _imports(*stages: Stage) -> Iterable[tuple[int, int]]:
    found = Import.objects.filter(stage__in=stages).order_by("pk").values_list("pk", flat=True)
    return ((pk, Priority.FILE) for pk in found)


_OUTBOX, _IMPORT, _TICKET, _BATCH, _RETURN = (
    f"admin:{page}_change"
    for page in (
        *("core_outgoingmail", "backoffice_import", "tickets_ticket"),
        *("payments_batch", "payments_returnfile"),
    )
)
KINDS = {
    kind.task.module_path: kind
    for kind in (
        Kind(
            identifiers.answer,
            "request_id",
            "identifiants oubliés",
            lambda: ((pk, Priority.LINK) for pk in _keys(ForgottenRequest)),
            lambda row: ForgottenRequest.objects.filter(pk=row).delete(),
        ),
        Kind(
            signing_up.answer,
            "sign_up_id",
            "comptes demandés",
            _sign_ups,
            lambda row: SignUp.objects.filter(pk=row, mailed_at=None).delete(),
        ),
        Kind(
            notices.tell,
            "notice_id",
            "avis aux familles",
            lambda: ((pk, Priority.NOTICE) for pk in _keys(Notice)),
            lambda row: Notice.objects.filter(pk=row).delete(),
            _TICKET,
            _tickets,
        ),
        Kind(
            delivery.send,
            "email_id",
            "e-mails à envoyer",
            _emails,
            lambda row: Email.objects.filter(pk=row, status__in=delivery.WAITING).update(
                status=STATUS.failed, message="", html_message="", headers=None
            ),
            _OUTBOX,
        ),
        Kind(
            imports.compare,
            "import_id",
            "fichiers à lire",
            lambda: _imports(Stage.RECEIVED),
            imports.give_up,
            _IMPORT,
        ),
        Kind(
            imports.do,
            "import_id",
            "imports à faire",
            lambda: _imports(Stage.CONFIRMED, Stage.RUNNING),
            imports.give_up,
            _IMPORT,
        ),
        Kind(
            contacts.write,
            "import_id",
            "coordonnées demandées dans un import",
            lambda: ((pk, Priority.BULK) for pk in contacts.imports_that_wait()),
            page=_IMPORT,
        ),
        Kind(
            kept.count_again,
            "campaign_id",
            "sommes et statistiques à recompter",
            lambda: ((pk, Priority.BULK) for pk in kept.due()),
        ),
        Kind(
            preparing.prepare,
            "batch_id",
            "lots à additionner",
            lambda: ((pk, Priority.FILE) for pk in _batches_to_prepare()),
            page=_BATCH,
        ),
        Kind(
            making.make,
            "batch_id",
            "fichiers de lots à faire",
            lambda: ((pk, Priority.FILE) for pk in _batches_to_write()),
            page=_BATCH,
        ),
        Kind(settling.tell_all_paid, "batch_id", "paiements à dire payés", page=_BATCH),
        Kind(
            remaking.read_papers,
            "application_id",
            "papiers de familles à ouvrir",
            lambda: ((pk, Priority.FILE) for pk in _applications_to_read()),
            remaking.give_up,
        ),
        Kind(
            attesting.make,
            "signature_id",
            "attestations de signature à faire",
            lambda: ((pk, Priority.FILE) for pk in attesting.waiting()),
            page="admin:applications_signature_change",
        ),
        Kind(
            proposing.propose,
            "convention_id",
            "conventions à proposer",
            page="admin:applications_convention_change",
        ),
        Kind(
            returns.tell_lines,
            "file_id",
            "retours de paiements à écrire",
            lambda: ((pk, Priority.FILE) for pk in _returns_to_write()),
            page=_RETURN,
        ),
        Kind(locating.locate, "from_id", "organismes à placer sur la carte"),
        # Whoever asked for it is the only one who sees it.
        Kind(write_export, "file_id", "exports à écrire"),
        Kind(send_mails, "file_id", "invitations à envoyer"),
        Kind(write_letters, "file_id", "lettres à faire"),
    )
}


def _batches_to_prepare() -> Iterable[int]:
    return Batch.objects.filter(state=BatchState.PREPARING).values_list("pk", flat=True)


def _batches_to_write() -> Iterable[int]:
    approved = Batch.objects.filter(state=BatchState.APPROVED)
    return approved.exclude(files__kind=FileKind.STATEMENTS).values_list("pk", flat=True)


def _returns_to_write() -> Iterable[int]:
    return ReturnFile.objects.filter(state=ReturnState.CONFIRMED).values_list("pk", flat=True)


def _applications_to_read() -> Iterable[int]:
    received = Paper.objects.filter(state=PaperState.RECEIVED).order_by("application")
    return received.values_list("application", flat=True).distinct()


def _keys(notes: Any) -> Iterable[int]:
    found: Iterable[int] = notes.objects.order_by("pk").values_list("pk", flat=True)
    return found
