from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from .get_response import GetResponse

METHODS = ["GET", "HEAD", "POST"]


def refuse_other_methods(get_response: GetResponse) -> GetResponse:
    """Answer 405 to what no page takes. Django's own pages would take a PUT or an OPTIONS for a GET."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    return middleware
