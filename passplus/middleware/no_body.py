from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from .get_response import GetResponse


def answer_head_without_a_body(get_response: GetResponse) -> GetResponse:
    """The headers are those of GET, length included. Django leaves the body to the server, and gunicorn logs
    a warning for each one that it throws away: uptime probes ask by HEAD, every few seconds.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "HEAD":
            return response
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = ()
        else:
            response.content = b""
        return response

    return middleware
