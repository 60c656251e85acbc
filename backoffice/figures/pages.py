"""The pages of figures: where each euro is, and how far a campaign reaches."""

from functools import partial

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from backoffice.exports.lists import csv_download
from core.spreadsheets import Columns
from wallets.models import Campaign

from . import statistics, sums


class StatisticsForm(forms.Form):
    BY = (("commune", "Commune"), ("college", "Collège"))

    campagne = forms.ModelChoiceField(label="Campagne", queryset=Campaign.objects.order_by("-opens_on"))
    par = forms.ChoiceField(label="Par", choices=BY)


@require_safe
def sums_page(request: HttpRequest) -> HttpResponse:
    """The page of the sums of every campaign, past ones included."""
    if not request.user.has_perm("wallets.view_campaign"):
        raise PermissionDenied
    every = sums.of(Campaign.objects.order_by("-opens_on"), timezone.localdate())
    context = admin.site.each_context(request) | {
        "title": "Toutes les campagnes",
        "campaigns": every,
        "columns": sums.COLUMNS.values(),
    }
    return render(request, "admin/sums.html", context)


@require_safe
def statistics_page(request: HttpRequest) -> HttpResponseBase:
    """How far a campaign reaches; the same as CSV."""
    if not request.user.has_perm("wallets.view_campaign"):
        raise PermissionDenied
    form = StatisticsForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    campaign = asked.get("campagne") or statistics.newest_campaign()
    by = asked.get("par") or "commune"
    lines = statistics.table(campaign, by) if campaign else []
    heading = dict(StatisticsForm.BY)[by]
    if request.GET.get("format") == "CSV" and campaign:
        columns: Columns = {heading: lambda line: line.name} | {
            name: partial(lambda number, line: line.counts[number], number)
            for number, name in enumerate(statistics.COLUMNS)
        }
        return csv_download(columns, lines, f"statistiques-{by}")
    context = admin.site.each_context(request) | {
        "title": f"Statistiques de la campagne {campaign}" if campaign else "Statistiques",
        "form": StatisticsForm({"campagne": campaign.pk if campaign else None, "par": by}),
        "by": heading,
        "columns": statistics.COLUMNS,
        "lines": lines,
        "shares": list(statistics.shares(lines)),
    }
    return render(request, "admin/statistics.html", context)
