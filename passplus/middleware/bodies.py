"""Limits on the size of request bodies, by sender."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.template.loader import render_to_string
from django.urls import ResolverMatch

from accounts.models import Guardianship, User
from applications import candidacies, enrolling
from applications.forms import LARGEST_OF_ALL
from core import pictures
from core.uploads import InMemory
from partners import memberships

from .get_response import GetResponse
from .nul_characters import refuse_nul


@dataclass(frozen=True)
class Files:
    """What a page takes beside words, and of whom."""

    may_bring: Callable[[HttpRequest], bool]
    # Bytes of a form; nginx alone has a limit where there is none.
    largest: int = sys.maxsize
    # Else what is large is written to disk until it is read.
    in_memory: bool = False
    # What is said of what is larger.
    told: str = ""


def _imports_lists(request: HttpRequest) -> bool:
    # The second factor too.
    return bool(getattr(request.user, "otp_device", None)) and request.user.has_perm("accounts.import_lists")


def _acts_for_the_organisme(request: HttpRequest) -> bool:
    match = cast(ResolverMatch, request.resolver_match)
    return isinstance(request.user, User) and bool(
        memberships.open_one(request.user, match.kwargs["partner_id"])
    )


def _is_guardian(request: HttpRequest) -> bool:
    match = cast(ResolverMatch, request.resolver_match)
    if not isinstance(request.user, User) or request.user.is_staff:
        return False
    theirs = Guardianship.objects.filter(user=request.user)
    return theirs.filter(beneficiary__public_id=match.kwargs["public_id"]).exists()


def _may_enrol(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and enrolling.may_enrol(request.user)


def _may_apply(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and candidacies.may_apply(request.user)


# A form is a little larger than what it brings.
AROUND = 1_000_000
FILES = {
    "admin:backoffice_import_add": Files(_imports_lists),
    "tickets:photograph": Files(
        _acts_for_the_organisme, largest=pictures.LARGEST + AROUND, in_memory=True, told="photo"
    ),
    **dict.fromkeys(
        ("applications:scholarship", "applications:school", "applications:guardian", "applications:renew"),
        Files(_is_guardian, largest=LARGEST_OF_ALL + AROUND, in_memory=True, told="papers"),
    ),
    **dict.fromkeys(
        ("applications:enrol", "applications:enrolment"),
        Files(_may_enrol, largest=LARGEST_OF_ALL + AROUND, in_memory=True, told="papers"),
    ),
    **dict.fromkeys(
        ("applications:candidacy", "applications:candidacy_papers"),
        Files(_may_apply, largest=LARGEST_OF_ALL + AROUND, in_memory=True, told="papers"),
    ),
}


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
        if _size(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            files = FILES.get(request.resolver_match.view_name if request.resolver_match else "")
            if not files or _size(request) > files.largest or not files.may_bring(request):
                page = render_to_string("413.html", {"told": files.told if files else ""})
                return HttpResponse(page, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            if files.in_memory:
                request.upload_handlers = [InMemory(request)]
        try:
            refuse_nul(chain.from_iterable(values for _, values in request.POST.lists()))
        except UnreadablePostError as gone:
            # Who sent it hung up; nobody reads the answer.
            raise BadRequest("the body ended too early") from gone
        return None


def _size(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0
