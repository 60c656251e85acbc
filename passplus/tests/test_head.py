"""What is asked by HEAD is answered without a body, by the headers of GET."""

from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse, StreamingHttpResponse

from passplus.middleware.no_body import answer_head_without_a_body

pytestmark = pytest.mark.django_db


def answered(method, path):
    """As gunicorn sees it: the test client would throw the body away itself."""
    seen: list[str] = []

    def start_response(status, headers, exc_info=None):
        seen.extend([status, dict(headers).get("Content-Length", "")])
        return seen.append

    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "SERVER_NAME": "testserver"}
    setup_testing_defaults(environ)
    body = b"".join(WSGIHandler()(environ, start_response))
    return *seen, body


@pytest.mark.parametrize("path", ["/accueil/", "/aide/", "/healthz", "/nulle-part/", "/admin/login/"])
def test_head_has_the_headers_of_get_and_no_body(path):
    """newcomer.md: gunicorn wrote a warning in the log for each of them."""
    status, length, body = answered("GET", path)
    assert body
    assert length in {"", str(len(body))}

    assert answered("HEAD", path) == (status, length, b"")


@pytest.mark.parametrize(
    ("method", "body"), [("HEAD", b""), ("GET", b"un, deux")], ids=["nothing is made", "control"]
)
@pytest.mark.parametrize("kind", [HttpResponse, StreamingHttpResponse])
def test_what_is_sent_line_by_line_too(rf, kind, method, body):
    response = answer_head_without_a_body(lambda request: kind(iter([b"un, ", b"deux"])))(
        rf.generic(method, "/")
    )

    assert b"".join(response) == body
