"""Records what agents edit, open and search for."""

from collections.abc import Iterable
from typing import cast

from django.db.models import Model
from django.http import HttpRequest

from accounts import audit, security_log
from accounts.audit import Action
from accounts.models import Beneficiary, User
from applications.models import Application, Paper
from backoffice.base.edits import Edit, Verb
from core.changes import Change
from tickets.models import Ticket
from wallets.models import Entry, Wallet

FAMILY_S = (Beneficiary, User, Wallet, Ticket, Application, Paper)


def record_edit(request: HttpRequest, row: Model, verb: Verb, edit: Edit) -> None:
    """In the transaction of the edit. What is deleted is told as it was, to be made anew."""
    model = str(row._meta.verbose_name)
    audit.record(
        action=Action(verb),
        subject=row,
        name=f"{model[:1].upper()}{model[1:]} {row}",
        reason=edit.reason,
        actor=cast(User, request.user),
        changes=_as_it_was(row) if verb == "deleted" else edit.changes,
    )


def _as_it_was(row: Model) -> list[Change]:
    columns = [field.name for field in row._meta.concrete_fields if field.editable]
    return audit.compared(audit.values(row, columns), {})


def record_reading(request: HttpRequest, row: Model) -> None:
    """Records that a family's page was opened; not an agent's own account."""
    if isinstance(row, FAMILY_S) and not (isinstance(row, User) and row.is_staff):
        security_log.note_reading(agent_id=cast(User, request.user).pk, row=row)


def record_search(request: HttpRequest, searched: Iterable[type[Model]], typed: str) -> None:
    families = [model for model in searched if issubclass(model, (*FAMILY_S, Entry))]
    if families:
        security_log.note_search(agent_id=cast(User, request.user).pk, searched=families, typed=typed)
