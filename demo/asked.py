"""What is asked in the small demonstration, with a paper that an agent reads, and what was answered."""

import datetime as dt
import io
import uuid
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from accounts.models import User
from applications.models import (
    DECIDED_STATES,
    Application,
    ApplicationKind,
    ApplicationState,
    Paper,
    PaperState,
)
from core.money import NBSP
from core.papers.formats import PaperFormat

ANSWERED_AFTER = dt.timedelta(hours=20)
REASONS = {
    ApplicationState.INCOMPLETE: f"La photo est floue, sombre ou coupée{NBSP}: reprenez-la en entier.",
    ApplicationState.REFUSED: "Ce papier n’est pas celui qui est demandé.",
}


def ask(
    kind: ApplicationKind,
    users: Mapping[str, User],
    *,
    days: int,
    paper: str = "",
    state: ApplicationState = ApplicationState.SENT,
    sender: str = "voisin.test",
    **fields: Any,
) -> Application:
    """So many days ago, and answered on the next one. `paper` is what stands on it, where there is one."""
    sent_at = timezone.now() - dt.timedelta(days=days)
    decided = {"decided_at": sent_at + ANSWERED_AFTER, "decided_by": users["agent2.test"]}
    application = Application.objects.create(
        key=uuid.uuid4(),
        kind=kind,
        sent_by=users[sender],
        sent_at=sent_at,
        waiting_since=sent_at,
        state=state,
        reason=REASONS.get(state, ""),
        **(decided if state in DECIDED_STATES else {}),
        **fields,
    )
    if paper and state != ApplicationState.WITHDRAWN:
        _join(application, paper)
    return application


def _join(application: Application, text: str) -> None:
    paper = Paper(
        application=application,
        key=application.key,
        place=0,
        state=PaperState.READABLE,
        format=PaperFormat.JPEG.value,
        sent_at=application.sent_at,
    )
    paper.sealed = paper.seal(_page(text))
    paper.save()


def _page(text: str) -> bytes:
    page = Image.new("RGB", (620, 876), "white")
    ImageDraw.Draw(page).multiline_text((60, 80), text, fill="black")
    file = io.BytesIO()
    page.save(file, "JPEG")
    return file.getvalue()
