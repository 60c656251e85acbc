from collections.abc import Iterable
from urllib.parse import unquote_plus

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from .get_response import GetResponse


def refuse_nul_characters(get_response: GetResponse) -> GetResponse:
    """Answer 400 to a NUL character: PostgreSQL cannot even compare with it. (In a form: `CheckBody`.)"""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = unquote_plus(request.META.get("QUERY_STRING", ""))
        refuse_nul([request.path, query, *request.COOKIES.values()])
        return get_response(request)

    return middleware


def refuse_nul(texts: Iterable[str]) -> None:
    if any("\0" in text for text in texts):
        raise BadRequest("NUL character")
