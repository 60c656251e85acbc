"""What everyone may read."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def page(request: HttpRequest, template: str) -> HttpResponse:
    """A page that is nothing but text."""
    return render(request, template)
