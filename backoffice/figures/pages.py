"""The pages of figures: where each euro is, and what became of it where."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from backoffice.exports.lists import csv_download
from core.spreadsheets import Columns
from tickets.figures import kept, sums
from tickets.models import Figure
from wallets.models import Campaign

from . import charts, statistics

# Of the lines of a table: there are thousands of organismes.
AT_ONCE = 100


class StatisticsForm(forms.Form):
    campagne = forms.ModelChoiceField(label="Campagne", queryset=Campaign.objects.order_by("-opens_on"))
    par = forms.ChoiceField(label="Par", choices=[(by.value, by.label) for by in statistics.BY])


@require_safe
def sums_page(request: HttpRequest) -> HttpResponse:
    """The account of every campaign, past ones included."""
    if not request.user.has_perm("wallets.view_campaign"):
        raise PermissionDenied
    today, every = timezone.localdate(), list(Campaign.objects.order_by("-opens_on"))
    counted = kept.read(every, Figure.SUMS)
    accounts = []
    for campaign in every:
        found = counted[campaign.pk, Figure.SUMS]
        kinds = sums.of(found.figures["kinds"], campaign, today)
        accounts.append({"campaign": campaign, "at": found.at, "lines": sums.account(kinds)})
    context = admin.site.each_context(request) | {"title": "Toutes les campagnes", "accounts": accounts}
    return render(request, "admin/sums.html", context)


@require_safe
def statistics_page(request: HttpRequest) -> HttpResponseBase:
    """« Où est passé l’argent ? »; the same as CSV."""
    if not request.user.has_perm("wallets.view_campaign"):
        raise PermissionDenied
    form = StatisticsForm(request.GET or None)
    form.is_valid()
    asked = getattr(form, "cleaned_data", {})
    campaign = asked.get("campagne") or statistics.newest_campaign()
    by = Figure(asked.get("par") or Figure.COMMUNE)
    context = admin.site.each_context(request) | {"title": "Statistiques", "form": form}
    if campaign is None:
        return render(request, "admin/statistics.html", context)
    table, comparison = statistics.table(campaign, by)
    order = request.GET.get("tri", "")
    lines = statistics.ordered(table, order)
    if request.GET.get("format") == "CSV":
        return csv_download(_columns(table), [*lines, table.whole], f"statistiques-{campaign}-{by}")
    context |= {
        "title": f"Où est passé l’argent de la campagne {campaign}\N{NO-BREAK SPACE}?",
        "form": StatisticsForm({"campagne": campaign.pk, "par": by}),
        "campaign": campaign,
        "table": table,
        "comparison": comparison,
        "headings": _headings(table, order, {"campagne": str(campaign.pk), "par": by.value}),
        "page": Paginator(lines, AT_ONCE).get_page(request.GET.get("p")),
        "pages": _address({"campagne": str(campaign.pk), "par": by.value, "tri": order}),
        **_chart(table),
    }
    return render(request, "admin/statistics.html", context)


def _columns(table: statistics.Table) -> Columns:
    return {table.by.label: lambda line: line.name} | {
        column.name + (" (€)" if column.is_money else ""): partial(
            lambda number, line: line.cells[number], number
        )
        for number, column in enumerate(table.columns)
    }


def _headings(table: statistics.Table, order: str, asked: dict[str, str]) -> list[dict[str, Any]]:
    """The heads of the columns: where a click leads, and how the table is sorted now."""
    slugs = [("nom", table.by.label), *((column.slug, column.name) for column in table.columns)]
    sorted_by = order.removeprefix("-")
    if sorted_by not in dict(slugs):
        order = sorted_by = "nom"
    headings = []
    for slug, name in slugs:
        is_sorted, is_falling = slug == sorted_by, order.startswith("-")
        # Names begin with the first one, numbers with the greatest.
        begins = slug if slug == "nom" else f"-{slug}"
        turned = slug if is_falling else f"-{slug}"
        headings.append(
            {
                "name": name,
                "address": _address(asked | {"tri": turned if is_sorted else begins}),
                "sort": ("descending" if is_falling else "ascending") if is_sorted else "",
                "is_number": slug != "nom",
            }
        )
    return headings


def _address(asked: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in asked.items() if value})
    return f"?{query.urlencode()}"


def _chart(table: statistics.Table) -> dict[str, Any]:
    if table.by == Figure.MONTH:
        return {"months": charts.months(table)}
    bars = charts.bars(table)
    return {"bars": bars, "bars_height": charts.ROW * len(bars)}
