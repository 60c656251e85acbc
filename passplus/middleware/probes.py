from django.http import HttpRequest, HttpResponse

from operations.probes import PROBES

from .get_response import GetResponse


def answer_probes(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path)
        return probe(request) if probe else get_response(request)

    return middleware
