import pytest

from operations.doctor import front

from .faults import wrong
from .servers import NOBODY, listening


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        ("200 OK", None),
        ("301 Moved Permanently", "SECURE_PROXY=true"),
        ("400 Bad Request", "transmettre Host"),
        ("502 Bad Gateway", "lancez gunicorn"),
        ("500 Internal Server Error", "lisez le journal"),
        ("503 Service Unavailable", "lisez le journal"),
    ],
)
def test_what_a_family_would_meet(settings, status, remedy):
    def answer(stream):
        assert stream.rfile.readline().startswith(b"GET /accueil/ ")
        while stream.rfile.readline().strip():
            pass
        stream.wfile.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())

    with listening(answer) as port:
        settings.SITE_URL = f"http://127.0.0.1:{port}"
        if remedy is None:
            assert "répond 200" in front.check()
            return
        with wrong(f"répond {status[:3]}", remedy):
            front.check()
        settings.MAINTENANCE = True
        if status.startswith("503"):
            assert "répond 503" in front.check()


@pytest.mark.parametrize("site", [f"http://127.0.0.1:{NOBODY}", f"https://127.0.0.1:{NOBODY}"])
def test_a_site_that_is_not_there(settings, site):
    settings.SITE_URL = site
    with wrong("ne répond pas (ConnectionRefusedError)", "gunicorn"):
        front.check()


def test_a_site_that_speaks_no_http(settings):
    with listening(lambda stream: stream.wfile.write(b"220 pass.example ESMTP\r\n")) as port:
        settings.SITE_URL = f"http://127.0.0.1:{port}"
        with wrong("ne répond pas (BadStatusLine)"):
            front.check()
