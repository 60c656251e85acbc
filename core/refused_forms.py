"""A refused form is shown by GET: « Back », « Forward » and reload find its page, and send nothing twice.

What was typed and why it was refused wait in a sealed cookie, under a random name that the address carries.
No password is kept, and nothing for another account, another page or longer than KEPT_FOR.
"""

import datetime as dt
import json
import time
import zlib
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string

from core import sealing
from core.throttle import TooManyAttempts

# In the address of the page that shows it.
PARAMETER = "refus"
KEPT_FOR = dt.timedelta(minutes=20)
# Browsers keep 4096 bytes of a cookie, its name and its attributes included.
LARGEST = 3800
PURPOSE = "refused forms"


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    refusal: TooManyAttempts | None = None,
) -> HttpResponse:
    """The page of `context["form"]`: asked for by GET, or sent and refused. With `refusal` it is a 429."""
    form = context["form"]
    refusal = refusal or getattr(form, "refusal", None)
    if request.method == "POST":
        if answer := _keep(request, form, refusal):
            return answer
    elif name := request.GET.get(PARAMETER):
        refusal = _show_again(request, form, name)
    response = render(request, template, context)
    return refusal.on(response) if refusal else response


def forget(response: Any) -> None:
    """Once a session ends."""
    response.delete_cookie(settings.REFUSED_COOKIE_NAME, samesite="Lax")


def _keep(request: HttpRequest, form: forms.BaseForm, refusal: TooManyAttempts | None) -> HttpResponse | None:
    """The way to the page that shows it; None if so much was typed that no cookie holds it."""
    name = get_random_string(8)
    wrong = {
        field: [[str(message), error.code or ""] for error in errors for message in error.messages]
        for field, errors in form.errors.as_data().items()
    }
    wait = refusal.retry_after if refusal else 0
    newest = [name, _owner(request), request.path, int(time.time()), _typed(form), wrong, wait]
    kept = [newest, *_kept(request)]
    while len(cookie := _written(kept)) > LARGEST:
        kept.pop()
        if not kept:
            return None
    address = request.GET.copy()
    address[PARAMETER] = name
    response = redirect(f"{request.path}?{address.urlencode()}")
    response.set_cookie(
        settings.REFUSED_COOKIE_NAME,
        cookie,
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _show_again(request: HttpRequest, form: Any, name: str) -> TooManyAttempts | None:
    """Bind the form to what was typed, with the errors that it had then; nothing is judged anew."""
    here = [name, _owner(request), request.path]
    for *where, _, typed, wrong, wait in _kept(request):
        if where != here:
            continue
        form.data, form.is_bound = QueryDict(mutable=True), True
        for field, values in typed.items():
            form.data.setlist(field, values)
        form.cleaned_data, form._errors = {}, forms.utils.ErrorDict(renderer=form.renderer)
        for field, told in wrong.items():
            if field == NON_FIELD_ERRORS or field in form.fields:
                form.add_error(field, [ValidationError(text, code=code) for text, code in told])
        if wait:
            refusal = TooManyAttempts(dt.timedelta(seconds=wait))
            form.refusal = refusal
            return refusal
    return None


def _typed(form: Any) -> dict[str, list[str]]:
    fields = [it for it in map(form.__getitem__, form.fields) if not _is_secret(it)]
    # And what its page showed there, where the form carries it.
    carried = [it.html_initial_name for it in fields if it.field.show_hidden_initial]
    names = [*(it.html_name for it in fields), *carried]
    return {name: form.data.getlist(name) for name in names if name in form.data}


def _is_secret(field: forms.BoundField) -> bool:
    return isinstance(field.field.widget, forms.PasswordInput)


def _kept(request: HttpRequest) -> list[Any]:
    """The newest first."""
    try:
        sealed = sealing.unseal(request.COOKIES.get(settings.REFUSED_COOKIE_NAME, ""), purpose=PURPOSE)
    except sealing.NotSealed:
        return []
    oldest = time.time() - KEPT_FOR.total_seconds()
    return [one for one in json.loads(zlib.decompress(sealed)) if one[3] >= oldest]


def _written(kept: list[Any]) -> str:
    return sealing.seal(zlib.compress(json.dumps(kept).encode()), purpose=PURPOSE)


def _owner(request: HttpRequest) -> int:
    return request.user.pk or 0
