"""« Travaux »: what waits beside the pages, what failed, and the button that tries it again."""

from typing import cast
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User

from . import reading, services
from .kinds import KINDS

# Of whoever looks after what leaves.
PERMISSION = "core.view_outgoingmail"


@require_http_methods(["GET", "HEAD", "POST"])
def works(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    if request.method == "POST":
        _retry(request, cast(User, request.user))
        return redirect("admin:works")
    context = admin.site.each_context(request) | {
        "title": "Travaux",
        "lines": reading.lines(),
        "failures": reading.failures(),
        "workers": reading.workers(),
    }
    return render(request, "admin/works.html", context)


def _retry(request: HttpRequest, agent: User) -> None:
    if (path := request.POST.get("kind", "")) in KINDS:
        done = services.retry_all(path=path, actor=agent)
    else:
        done = services.retry(task_id=_id(request), actor=agent)
    if done:
        messages.success(request, "C’est remis dans la file.")
    else:
        messages.warning(request, "Cela n’était plus à réessayer.")


def _id(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("task", ""))
    except ValueError:
        return None
