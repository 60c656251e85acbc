"""From a URL to a candidacy of the user."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User

from . import candidacies
from .models import ApplicationState, Candidacy


def own_or_404(user: User, number: int) -> Candidacy:
    """What was withdrawn is there no more."""
    if not candidacies.may_apply(user):
        raise Http404
    theirs = Candidacy.objects.accessible_to(user).exclude(application__state=ApplicationState.WITHDRAWN)
    return get_object_or_404(theirs.select_related("application__sent_by", "commune"), pk=number)
