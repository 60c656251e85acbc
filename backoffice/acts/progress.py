"""The page that shows how far a long act is, and sends its next batch."""

import re

from django import forms
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def progress(
    request: HttpRequest,
    site: AdminSite,
    *,
    title: str,
    left: int,
    of_what: str,
    done: int = 0,
    form: forms.Form | None = None,
    told: str = "",
    may_stop: bool = False,
    is_stopped: bool = False,
) -> HttpResponse:
    """How far it is. Unless it was stopped the page sends its form again by itself, or « Continuer » does.

    `done` is how many are known to be: who comes to the page by its address sends no total.
    """
    said = request.POST.get("total", "")
    total = max(int(said) if re.fullmatch(r"[0-9]{1,7}", said) else 0, left + done)
    context = site.each_context(request) | {
        "title": title,
        "form": form or forms.Form(),
        "of_what": of_what,
        "left": left,
        "total": total,
        "done": total - left,
        "told": told,
        "may_stop": may_stop,
        "is_stopped": is_stopped,
    }
    return render(request, "admin/progress.html", context)
