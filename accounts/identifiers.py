"""« Identifiants oubliés »: the page notes what was typed; `manage.py deliver` looks for whom it means.

So whoever asks learns nothing of whether there is an account, not even by the time that the answer takes: the
page does not know it either.
"""

from collections.abc import Callable

from core import deferred as later

from . import services
from .models import ForgottenRequest


def ask(*, contact: str) -> None:
    ForgottenRequest.objects.create(contact=contact)


def compose(is_over: Callable[[], bool] = lambda: False) -> int:
    """Put in the outbox the next batch of what was asked for; return how many there were."""
    return later.compose(ForgottenRequest, _answer, is_over)


def _answer(request: ForgottenRequest) -> None:
    services.send_identifiers(contact=request.contact)
