"""The e-mail addresses and telephones that an agent asks an import to write: after it, account by account, by
the services that write those of one account.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django_tasks import task

from accounts import audit, email_change, services
from accounts.audit import Action
from accounts.models import User
from backoffice.models import Choice, Contacts, Import, ImportLine, Stage
from core.money import NBSP
from core.tasks import Priority, Queue

# Of one transaction: two messages and a line of the journal each.
AT_ONCE = 50
WRITTEN, LEFT = "écrit", "laissé\N{NO-BREAK SPACE}: le compte a changé depuis, ou est fermé"
RETURNED, STAYS = (
    "écrit, puis remis",
    "écrit, et laissé\N{NO-BREAK SPACE}: le compte a changé depuis, ou est fermé",
)
# Of those whom it was written for, where an agent wants the former one back.
RETURNABLE = (Contacts.WRITTEN, Contacts.RETURNING)
LABELS = {"email": "adresse e-mail", "phone": "téléphone"}


def asked(job: Import) -> QuerySet[ImportLine]:
    """Nothing of a line that is left is done."""
    lines = job.lines.filter(is_to_check=True, contacts=Contacts.ASKED)
    return lines.exclude(choice=Choice.LEAVE)


def imports_that_wait() -> QuerySet[ImportLine, int]:
    """The numbers of those that are done, but for this."""
    lines = ImportLine.objects.filter(is_to_check=True, contacts=Contacts.ASKED, job__stage=Stage.DONE)
    jobs = lines.exclude(choice=Choice.LEAVE).order_by("job").values_list("job", flat=True)
    return jobs.distinct()


def written(job: Import) -> QuerySet[ImportLine]:
    """Those that may be put back."""
    return job.lines.filter(is_to_check=True, contacts__in=RETURNABLE)


@task(queue_name=Queue.FILES, priority=Priority.BULK)
def write(*, import_id: int) -> None:
    """Some lines, and the next task for the others, in one transaction."""
    job = Import.objects.defer("content", "refused_lines").filter(pk=import_id, stage=Stage.DONE).first()
    if job is None:
        return
    by = By(job.reason, job.confirmed_by)
    for line in _next(asked(job)):
        for contact in line.said.get("contacts", ()):
            contact["came"] = WRITTEN if _write(job, contact, by) else LEFT
        line.contacts = Contacts.WRITTEN
        line.save(update_fields=["said", "contacts"])
    if asked(job).exists():
        write.enqueue(import_id=import_id)


def put_back(*, import_id: int, reason: str, actor: User) -> int:
    """Let a task write the former ones again, in the caller's transaction; of how many lines."""
    lines = written(Import(pk=import_id)).update(contacts=Contacts.RETURNING)
    if lines:
        write_back.enqueue(import_id=import_id, reason=reason, actor_id=actor.pk)
    return lines


@task(queue_name=Queue.FILES, priority=Priority.BULK)
def write_back(*, import_id: int, reason: str, actor_id: int) -> None:
    """As `write`: what became of an account since stays."""
    job = Import.objects.defer("content", "refused_lines").get(pk=import_id)
    waiting = job.lines.filter(is_to_check=True, contacts=Contacts.RETURNING)
    by = By(reason, User.objects.get(pk=actor_id))
    for line in _next(waiting):
        for contact in line.said.get("contacts", ()):
            if contact.get("came") == WRITTEN:
                former = contact | {"before": contact["after"], "after": contact["before"]}
                contact["came"] = RETURNED if _write(job, former, by) else STAYS
        line.contacts = Contacts.RETURNED
        line.save(update_fields=["said", "contacts"])
    if waiting.exists():
        write_back.enqueue(import_id=import_id, reason=reason, actor_id=actor_id)


def _next(waiting: QuerySet[ImportLine]) -> list[ImportLine]:
    """Locked, and their accounts in the order of all who lock several."""
    lines = list(waiting.select_for_update().order_by("number")[:AT_ONCE])
    accounts = {contact["account"] for line in lines for contact in line.said.get("contacts", ())}
    list(User.objects.select_for_update(no_key=True).filter(pk__in=accounts).order_by("pk"))
    return lines


@dataclass(frozen=True)
class By:
    """Who wants it, and why."""

    reason: str
    actor: User | None


def _write(job: Import, contact: dict[str, Any], by: By) -> User | None:
    account, before, after = contact["account"], contact["before"], contact["after"]
    if contact["field"] == "email":
        user = email_change.give(user_id=account, before=before, address=after)
    else:
        user = services.change_telephone(user_id=account, before=before, phone=after)
    if user:
        audit.record(
            action=Action.CHANGED,
            subject=user,
            name=f"Compte {user}",
            reason=f"{by.reason} (import «{NBSP}{job.name}{NBSP}»)",
            actor=by.actor,
            changes=[(LABELS[contact["field"]], before, after)],
        )
    return user
