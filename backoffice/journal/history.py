"""« Historique »: the journal of one row, and an agent’s own last lines."""

from collections.abc import Iterator

from django.contrib.admin import ModelAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.audit import AuditEntry, subject_key
from accounts.models import Beneficiary, User
from accounts.security_log import Reading
from applications.models import Application
from partners.models import Partner
from tickets.models import Ticket
from wallets.models import Wallet

from .writing import record_reading

MOST = 200
READINGS_SHOWN = 50
LATELY = 10


def history(request: HttpRequest, model_admin: ModelAdmin, row: Model) -> HttpResponse:
    """The lines about a row and what belongs to it. Why and how stays with who may read the journal."""
    record_reading(request, row)
    lines = AuditEntry.objects.about(row, *belonging_to(row)).select_related("actor").order_by("-pk")
    context = model_admin.admin_site.each_context(request) | {
        "title": f"Historique\N{NO-BREAK SPACE}: {row}",
        "opts": model_admin.opts,
        "original": row,
        "module_name": str(model_admin.opts.verbose_name_plural),
        "lines": list(lines[:MOST]),
        "most": MOST,
        "own": subject_key(row),
        "in_full": request.user.has_perm("accounts.view_auditentry"),
        "readings": _readings(row) if request.user.has_perm("accounts.view_reading") else [],
    }
    return render(request, "admin/history.html", context)


def _readings(row: Model) -> QuerySet[Reading]:
    """Who opened it lately, as far as it is kept."""
    readings = Reading.objects.filter(subject_key=subject_key(row)).select_related("agent")
    return readings.order_by("-pk")[:READINGS_SHOWN]


def belonging_to(row: Model) -> Iterator[Model]:
    """Rows whose story is a part of this one's: by their keys, not read whole."""
    if isinstance(row, Beneficiary):
        yield from User.objects.filter(guardianships__beneficiary=row).only("pk")
        if row.user_id:
            yield User(pk=row.user_id)
        wallets = Wallet.objects.filter(beneficiary=row)
        yield from wallets.only("pk")
        yield from Ticket.objects.filter(wallet__in=wallets).only("pk")
        yield from Application.objects.filter(beneficiary=row).only("pk")
    elif isinstance(row, User):
        yield from Beneficiary.objects.filter(guardianships__user=row).only("pk")
    elif isinstance(row, Wallet):
        yield from Ticket.objects.filter(wallet=row).only("pk")
    elif isinstance(row, Partner):
        yield from row.offers.only("pk")


def lately(agent: User) -> QuerySet[AuditEntry]:
    """What the first page reminds an agent of."""
    return AuditEntry.objects.filter(actor=agent).order_by("-pk")[:LATELY]
