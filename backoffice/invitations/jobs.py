"""What the worker makes of an invitation: e-mails, or an archive of letters, however many.

All the codes of one job bear its moment: a job begun anew gives no code twice, and loses no letter.
"""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from itertools import groupby

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django_tasks import TaskContext, task

from accounts import audit, invitations, letters
from accounts.audit import Action
from accounts.handing_order import Handed, in_handing_order
from accounts.invitations import Choice
from accounts.models import User
from core import prepared
from core.batches import in_batches
from core.formats import counted_in_french
from core.models import PreparedFile, Stage
from core.spreadsheets import Columns, as_csv
from core.tasks import Priority, Queue
from core.zipped import zipped

from .form import AGAIN, NEW, set_in_words

PERMISSION = "accounts.import_lists"
NOT_ANY_MORE = "Vous n’avez plus le droit d’inviter."
# Of a transaction, of which « Arrêter » waits for the end; and of a PDF, which is whole in memory.
MAILS, CODES, LETTERS = 100, 1_000, 200
COLUMNS: Columns = {"Identifiant": lambda row: row[0], "Adresse e-mail": lambda row: row[1]}


def ask_for_mails(*, agent: User, who: str, choice: Choice, words: str, reason: str) -> PreparedFile:
    """Raises prepared.TooMany."""
    return prepared.ask(
        owner_id=agent.pk,
        name=f"invitations-{timezone.localdate():%Y-%m-%d}.csv",
        about=f"Invitations par e-mail, {set_in_words(who)}, {words}"[:300],
        content_type="text/csv; charset=utf-8",
        task=send_mails,
        **_asked(who, choice, words, reason, "e-mail"),
    )


def ask_for_letters(*, agent: User, who: str, choice: Choice, words: str, reason: str) -> PreparedFile:
    """Raises prepared.TooMany."""
    return prepared.ask(
        owner_id=agent.pk,
        name=f"lettres-{timezone.localdate():%Y-%m-%d}.zip",
        about=f"Lettres d’accès, {set_in_words(who)}, {words}"[:300],
        content_type="application/zip",
        task=write_letters,
        **_asked(who, choice, words, reason, "lettre"),
    )


def _asked(who: str, choice: Choice, words: str, reason: str, unit: str) -> dict[str, str]:
    asked = {"school": choice.school, "grade": choice.grade, "words": words}
    return asked | {"who": who, "reason": reason, "unit": unit}


@task(queue_name=Queue.FILES, priority=Priority.BULK, takes_context=True)
def send_mails(context: TaskContext, *, file_id: int) -> None:
    if file := _file(file_id):
        prepared.write(context, file_id=file_id, content=partial(_mails, context, file), once_ready=_note)
        _note_what_was_stopped(file_id)


@task(queue_name=Queue.FILES, priority=Priority.BULK, takes_context=True)
def write_letters(context: TaskContext, *, file_id: int) -> None:
    if file := _file(file_id):
        prepared.write(context, file_id=file_id, content=partial(_letters, context, file), once_ready=_note)
        _note_what_was_stopped(file_id)


def _file(file_id: int) -> PreparedFile | None:
    return PreparedFile.objects.select_related("owner").filter(pk=file_id).first()


def _choice(file: PreparedFile) -> Choice:
    return Choice(school=file.asked["school"], grade=file.asked["grade"])


def _may_invite(user: User) -> bool:
    return user.is_active and user.has_perm(PERMISSION)


def _mails(context: TaskContext, file: PreparedFile, tell: prepared.Progress) -> Iterator[bytes]:
    """Then a list of who was written to."""
    if not _may_invite(file.owner):
        raise prepared.Stopped(NOT_ANY_MORE)
    again, choice, at = file.asked["who"] == AGAIN, _choice(file), file.created_at
    invited = User.objects.filter(access_code_at=at)
    done = invited.count()
    total = done + invitations.to_invite(again=again, by_mail=True, choice=choice).count()
    if not total:
        raise prepared.Stopped("Personne n’attend plus d’e-mail.")
    before = -1
    while before < done:
        tell(done, max(done, total))
        before = done
        with transaction.atomic():
            held = prepared.hold(context, file_id=file.pk)
            sent = invitations.invite_by_mail(again=again, limit=MAILS, choice=choice, at=at)
            held.asked["sent"] = held.asked.get("sent", 0) + sent
            held.save(update_fields=["asked"])
        done = invited.count()
    tell(done, done)
    rows = invited.order_by("username").values_list("username", "email")
    yield from (line.encode() for line in as_csv(COLUMNS, rows.iterator()))


def _letters(context: TaskContext, file: PreparedFile, tell: prepared.Progress) -> Iterator[bytes]:
    """Codes first, all of them; then their letters, which a job begun anew draws with the same codes."""
    if not _may_invite(file.owner):
        raise prepared.Stopped(NOT_ANY_MORE)
    who, choice = file.asked["who"], _choice(file)
    made_at = file.created_at
    if who in {NEW, AGAIN}:
        _give_codes(context, file, tell, again=who == AGAIN, choice=choice)
    else:
        made_at = dt.datetime.fromisoformat(who)
    handed = in_handing_order(invitations.with_letter(choice).filter(access_code_at=made_at), choice)
    if not handed:
        raise prepared.Stopped("Personne n’attend plus de lettre.")
    yield from zipped(_documents(handed, made_at, tell))


def _give_codes(
    context: TaskContext, file: PreparedFile, tell: prepared.Progress, *, again: bool, choice: Choice
) -> None:
    given = True
    while given:
        tell(0, 0)
        with transaction.atomic():
            prepared.hold(context, file_id=file.pk)
            given = bool(
                invitations.invite_by_letter(again=again, limit=CODES, choice=choice, at=file.created_at)
            )


def _documents(
    handed: list[Handed], made_at: dt.datetime, tell: prepared.Progress
) -> Iterator[tuple[str, bytes]]:
    """A folder for each collège, and in it one document or more for each level."""
    drawn = 0
    for (_, uai, grade), of_a_class in groupby(handed, key=lambda one: (one.school, one.uai, one.grade)):
        for number, some in enumerate(in_batches(of_a_class, LETTERS), 1):
            tell(drawn, len(handed))
            users = _still_waiting(some, made_at)
            if users:
                drawn += len(users)
                school = slugify(some[0].school) or "sans-college"
                yield (
                    f"{school}-{uai}/{grade or 'sans-classe'}e-{number:02}.pdf",
                    letters.draw_letters(users, handed_by={one.user_id: one.child_id for one in some}),
                )
    tell(drawn, drawn)


def _still_waiting(handed: list[Handed], made_at: dt.datetime) -> list[User]:
    """In their order. Who has come in meanwhile, or has another code, needs none of these."""
    ids = [one.user_id for one in handed]
    found = User.objects.never_activated().filter(access_code_at=made_at).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _note(file: PreparedFile) -> None:
    """In the journal, once, with whoever asked for it."""
    _record(file, _counted(file))


@transaction.atomic
def _note_what_was_stopped(file_id: int) -> None:
    """By its owner or by a trouble; a task that its worker did not live to end comes back to it."""
    refused = PreparedFile.objects.filter(pk=file_id, stage=Stage.REFUSED)
    file = refused.select_for_update(no_key=True, of=("self",)).select_related("owner").first()
    if file is None or file.asked.get("is_noted"):
        return
    if codes := User.objects.filter(access_code_at=file.created_at).count():
        given = (
            f"{counted_in_french(codes, 'code')} pour des lettres, " if file.asked["unit"] == "lettre" else ""
        )
        _record(file, f"{given}{_counted(file)}, arrêté")
    file.asked["is_noted"] = True
    file.save(update_fields=["asked"])


def _counted(file: PreparedFile) -> str:
    if file.asked["unit"] == "e-mail":
        return counted_in_french(file.asked.get("sent", 0), "e-mail")
    again = "" if file.asked["who"] in {NEW, AGAIN} else ", à nouveau"
    return f"{counted_in_french(file.rows_done, 'lettre')}{again}"


def _record(file: PreparedFile, counted: str) -> None:
    audit.record(
        action=Action.ACCESS_RESET,
        subject=None,
        name="Comptes jamais activés",
        reason=file.asked["reason"],
        actor=file.owner,
        details=f"{counted} ({file.asked['words']})",
    )
