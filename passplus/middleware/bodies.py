"""Limits on the size of request bodies, by sender."""

from http import HTTPStatus
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.template.loader import render_to_string

from .get_response import GetResponse
from .nul_characters import refuse_nul

# Who may send more than a form of words, and to where.
FILES_ARE_FOR = {"admin:backoffice_import_add": "accounts.import_lists"}


class CheckBody:
    """Asks who is there before a large body is read, and reads the others once for all.

    Whatever is larger than DATA_UPLOAD_MAX_MEMORY_SIZE would be written to disk by whoever looks at the form
    first: the check of its token, before anybody is asked who he is.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        if _size(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and not _may_bring_files(request):
            return HttpResponse(render_to_string("413.html"), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            refuse_nul(chain.from_iterable(values for _, values in request.POST.lists()))
        except UnreadablePostError as gone:
            # Who sent it hung up; nobody reads the answer.
            raise BadRequest("the body ended too early") from gone
        return None


def _size(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0


def _may_bring_files(request: HttpRequest) -> bool:
    wanted = FILES_ARE_FOR.get(request.resolver_match.view_name if request.resolver_match else "")
    # The second factor too.
    return bool(wanted and getattr(request.user, "otp_device", None) and request.user.has_perm(wanted))
