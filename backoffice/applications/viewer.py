"""One paper, as core/papers remade it: shown in a frame where nothing runs, and never as HTML."""

from typing import cast

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from accounts import security_log
from accounts.models import User
from applications.models import Paper, PaperState
from backoffice.acts.applications import RIGHT
from core.papers.formats import PaperFormat
from core.sealing import NotSealed

VIEWER = "applications_application_paper"
TYPES = {PaperFormat.PDF: "application/pdf", PaperFormat.JPEG: "image/jpeg"}
# `sandbox` makes it of no origin, whatever it holds.
ALONE = {"default-src": [NONE], "script-src": [NONE], "style-src": [NONE], "sandbox": [True]}


@require_safe
@xframe_options_sameorigin
@csp_replace(ALONE | {"frame-ancestors": [SELF]})  # type: ignore[arg-type]
def view_paper(request: HttpRequest, object_id: str, paper_id: int) -> HttpResponse:
    """Who read which paper is kept, as of a family's pages."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    if not object_id.isdecimal():
        raise Http404
    readable = Paper.objects.filter(application=int(object_id[:18]), state=PaperState.READABLE)
    paper = get_object_or_404(readable, pk=paper_id)
    try:
        content = paper.content
    except NotSealed as gone:
        raise Http404 from gone
    security_log.note_reading(agent_id=cast(User, request.user).pk, row=paper)
    kind = PaperFormat(paper.format)
    name = f"demande-{object_id}-papier-{paper.pk}.{kind.value}"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)
