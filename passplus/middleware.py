"""What holds for every request, whatever page it asks for."""

from collections.abc import Callable, Iterator
from itertools import chain
from urllib.parse import unquote_plus

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

GetResponse = Callable[[HttpRequest], HttpResponse]


def refuse_nul_characters(get_response: GetResponse) -> GetResponse:
    """Answer 400 to a NUL character, wherever it stands: PostgreSQL cannot even compare with it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if any("\0" in text for text in _texts(request)):
            raise BadRequest("NUL character")
        return get_response(request)

    return middleware


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    yield unquote_plus(request.META.get("QUERY_STRING", ""))
    yield from request.COOKIES.values()
    yield from chain.from_iterable(values for _, values in request.POST.lists())


def redirect_the_whole_page(get_response: GetResponse) -> GetResponse:
    """A fragment's redirection is the whole page's: else the login page would appear amid another one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.headers.get("HX-Request") and isinstance(response, HttpResponseRedirect):
            return HttpResponseClientRedirect(response.url)
        return response

    return middleware


def keep_personal_pages_out_of_caches(get_response: GetResponse) -> GetResponse:
    """After a logout, « Back » on a shared computer must not show a family's pages again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return middleware
