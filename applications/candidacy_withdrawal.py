"""« Retirer la demande » of an organisme, sent or not."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest

from . import candidacies
from .candidacy_access import own_or_404
from .exceptions import Moved
from .models import OPEN_STATES, Candidacy


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_candidacy(request: SignedInRequest, number: int) -> HttpResponse:
    found = own_or_404(request.user, number)
    if found.application and found.application.state not in OPEN_STATES:
        raise Http404
    if request.method != "POST":
        return render(request, "applications/withdraw_candidacy.html", {"candidacy": found})
    try:
        candidacies.withdraw(candidacy_id=found.pk, actor=request.user)
    except (Moved, Candidacy.DoesNotExist):
        messages.error(request, Moved.sentence)
    else:
        messages.success(request, "Votre demande est retirée, et ses papiers supprimés.")
    return redirect("accounts:account")
