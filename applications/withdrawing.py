"""The answer to « Retirer la demande », of whatever was asked for."""

from django.contrib import messages

from accounts.access import SignedInRequest
from core.exceptions import Refusal

from . import sending
from .models import Application


def withdraw(request: SignedInRequest, application: Application) -> None:
    try:
        sending.withdraw(application_id=application.pk, actor=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.told())
    else:
        papers = ", et ses papiers supprimés" if application.takes_papers else ""
        messages.success(request, f"Votre demande est retirée{papers}.")
