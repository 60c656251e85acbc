"""What holds for every request, whatever page it asks for."""

from collections.abc import Callable
from urllib.parse import unquote_plus

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

GetResponse = Callable[[HttpRequest], HttpResponse]


def refuse_nul_characters(get_response: GetResponse) -> GetResponse:
    """Answer 400 to an address with a NUL character: PostgreSQL cannot even compare with it.

    What is posted goes through form fields, which refuse it themselves.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "\0" in unquote_plus(request.META.get("QUERY_STRING", "")):
            raise BadRequest("NUL character in the address")
        return get_response(request)

    return middleware


def keep_personal_pages_out_of_caches(get_response: GetResponse) -> GetResponse:
    """After a logout, « Back » on a shared computer must not show a family's pages again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return middleware
