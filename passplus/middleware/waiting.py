from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.pdf import PenTaken
from core.throttle import TooManyAttempts

from .get_response import GetResponse

# Seconds in which those who were before have their documents.
DRAWN_IN = 5


class TooManyAttemptsPage:
    """Answer 429 with a page that says how long to wait, where the throttle refused and no form said it;
    503 where a document was not drawn because others are."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, PenTaken):
            response = render(request, "503_pen_taken.html", {"seconds": DRAWN_IN}, status=503)
            response["Retry-After"] = str(DRAWN_IN)
            return response
        if not isinstance(exception, TooManyAttempts):
            return None
        return exception.on(render(request, "429.html", {"refusal": exception}))
