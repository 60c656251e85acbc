"""The journal in the administration: edits are written to it, « Historique » and the first page read it."""

from collections.abc import Iterator
from typing import cast

from django.contrib.admin import ModelAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Action, AuditEntry, Beneficiary, User, subject_key
from accounts.office import audit
from core.model_admin import Edit, Verb
from partners.models import Partner
from tickets.models import Ticket
from wallets.models import Wallet

# What makes an agent of an account, and which one.
ROLE = {"is_staff", "groups", "is_superuser"}
MOST = 200
LATELY = 10


def record_edit(request: HttpRequest, row: Model, verb: Verb, edit: Edit) -> None:
    """In the transaction of the edit."""
    action = Action(verb)
    if isinstance(row, User) and ROLE & edit.fields:
        action = Action.APPOINTED
    model = str(row._meta.verbose_name)
    audit.record(
        action=action,
        subject=row,
        name=f"{model[:1].upper()}{model[1:]} {row}",
        reason=edit.reason,
        actor=cast(User, request.user),
        changes=edit.changes,
    )


def history(request: HttpRequest, model_admin: ModelAdmin, row: Model) -> HttpResponse:
    """The lines about a row and what belongs to it. Why and how stays with who may read the journal."""
    lines = AuditEntry.objects.about(row, *_belonging_to(row)).select_related("actor").order_by("-pk")
    context = model_admin.admin_site.each_context(request) | {
        "title": f"Historique\N{NO-BREAK SPACE}: {row}",
        "opts": model_admin.opts,
        "original": row,
        "module_name": str(model_admin.opts.verbose_name_plural),
        "lines": list(lines[:MOST]),
        "most": MOST,
        "own": subject_key(row),
        "in_full": request.user.has_perm("accounts.view_auditentry"),
    }
    return render(request, "admin/history.html", context)


def _belonging_to(row: Model) -> Iterator[Model]:
    """Rows whose story is a part of this one's: by their keys, not read whole."""
    if isinstance(row, Beneficiary):
        yield from User.objects.filter(guardianships__beneficiary=row).only("pk")
        if row.user_id:
            yield User(pk=row.user_id)
        wallets = Wallet.objects.filter(beneficiary=row)
        yield from wallets.only("pk")
        yield from Ticket.objects.filter(wallet__in=wallets).only("pk")
    elif isinstance(row, User):
        yield from Beneficiary.objects.filter(guardianships__user=row).only("pk")
    elif isinstance(row, Wallet):
        yield from Ticket.objects.filter(wallet=row).only("pk")
    elif isinstance(row, Partner):
        yield from row.offers.only("pk")


def lately(agent: User) -> QuerySet[AuditEntry]:
    """What the first page reminds an agent of."""
    return AuditEntry.objects.filter(actor=agent).order_by("-pk")[:LATELY]
