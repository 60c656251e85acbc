"""The directory, open to everyone."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .forms import DirectoryForm
from .models import Partner

PAGE_SIZE = 30


@login_not_required
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    form = DirectoryForm(request.GET or None)
    partners = Partner.objects.for_directory(on=timezone.localdate())
    if form.is_valid():
        asked = form.cleaned_data
        partners = partners.in_commune(asked["commune"]).offering(
            kind=asked["porte_monnaie"], activity=asked["activite"]
        )
    elif form.is_bound:
        partners = partners.none()
    page = Paginator(partners, PAGE_SIZE).get_page(request.GET.get("page"))
    filters = request.GET.copy()
    filters.pop("page", None)
    context = {"form": form, "page": page, "total": page.paginator.count, "query": filters.urlencode()}
    return render(request, "partners/directory.html", context, status=404 if form.errors else 200)
