"""A service of others, on this machine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@contextmanager
def service(answer: Callable[[BaseHTTPRequestHandler], object]) -> Iterator[str]:
    """`answer` writes to each request; the address of the service. It listens to this machine alone."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        do_POST = do_GET  # noqa: N815 – as http.server calls it

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    # One that is asked to answer never is not waited for.
    server.daemon_threads, server.block_on_close = True, False
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def said(body: bytes, status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(door: BaseHTTPRequestHandler) -> None:
        door.send_response(status)
        for name, value in headers.items():
            door.send_header(name, value)
        door.end_headers()
        door.wfile.write(body)

    return answer
