from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from .get_response import GetResponse


def keep_personal_pages_out_of_caches(get_response: GetResponse) -> GetResponse:
    """After a logout, « Back » on a shared computer must not show a family's pages again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # A view that says how long it may be kept knows what it shows.
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return middleware
