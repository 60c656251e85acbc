"""« Dettes »: what organismes owe, and since when; the oldest are for a titre de recettes."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from backoffice.exports.lists import csv_download
from core.spreadsheets import Columns
from payments import debts
from payments.models import Correction, PartnerAccounting, Rules

COLUMNS: Columns = {
    "Organisme": lambda debt: debt.partner.name,
    "SIRET": lambda debt: debt.partner.siret,
    "Code tiers": lambda debt: _tiers_of(debt.partner),
    "Dette": lambda debt: debt.amount,
    "Depuis le": lambda debt: debt.since,
    "À recouvrer": lambda debt: "oui" if debt.is_to_recover else "non",
}


def _tiers_of(partner: Any) -> str:
    try:
        return str(partner.accounting.tiers_code)
    except PartnerAccounting.DoesNotExist:
        return ""


@require_safe
def debts_page(request: HttpRequest) -> HttpResponseBase:
    """The same as CSV."""
    if not request.user.has_perm("payments.view_correction"):
        raise PermissionDenied
    today = timezone.localdate()
    found = debts.standing(today)
    if request.GET.get("format") == "CSV":
        return csv_download(COLUMNS, found, f"dettes-{today}")
    context = admin.site.each_context(request) | {
        "title": "Dettes des organismes",
        "opts": Correction._meta,
        "debts": found,
        "months": Rules.current().debt_months,
    }
    return render(request, "admin/debts.html", context)
