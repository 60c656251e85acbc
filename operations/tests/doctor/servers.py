"""Servers of a test, on a port of this machine."""

import socketserver
import threading
from contextlib import contextmanager


@contextmanager
def listening(handle):
    """A server that does `handle(stream)` for each who comes; yields its port."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            handle(self)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


NOBODY = 9  # a port where nobody listens
