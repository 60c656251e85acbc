"""The answer to « Envoyer ce qui manque », of whatever was asked for."""

import uuid
from collections.abc import Sequence

from django.contrib import messages

from accounts.access import SignedInRequest
from core import throttle
from core.exceptions import Refusal

from . import sending, throttle_policies
from .models import Application


def complete(
    request: SignedInRequest, application: Application, *, key: uuid.UUID, papers: Sequence[bytes]
) -> None:
    throttle.count(throttle_policies.PAPERS, request, account=request.user.username)
    try:
        sending.complete(application_id=application.pk, key=key, papers=papers, actor=request.user)
    except Refusal as refusal:
        # It is as it stands on the page: decided meanwhile, or sent from another window.
        messages.error(request, refusal.told())
    else:
        messages.success(request, "Nous avons reçu ce que vous avez envoyé.")
