"""An organisme corrects its sheet while something is asked of it; else what was sent stays as it was read."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from . import candidacies
from .exceptions import Moved
from .models import Application, ApplicationState, Candidacy


@transaction.atomic
def correct(
    *, candidacy_id: int, said: Mapping[str, Any], offers: Iterable[tuple[int, str]], sends_it: bool
) -> None:
    """As `candidacies.describe` does. Sent, it waits for an agent again; else its papers are still to come.

    Locks the application. Raises Moved.
    """
    incomplete = Application.objects.filter(candidacy=candidacy_id, state=ApplicationState.INCOMPLETE)
    asked = incomplete.select_for_update(of=("self",)).first()
    if asked is None:
        raise Moved
    candidacies.write(Candidacy.objects.filter(pk=candidacy_id), candidacy_id, said, offers)
    if sends_it:
        Application.objects.filter(pk=asked.pk, state=ApplicationState.INCOMPLETE).update(
            state=ApplicationState.SENT, waiting_since=timezone.now(), reason=""
        )
