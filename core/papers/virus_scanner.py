"""clamd, if it is installed: where Debian's listens. Without it nothing is scanned.

Its protocol is INSTREAM (clamd(8)): pieces with their length before them, then a length of zero.
"""

import socket
import struct
from pathlib import Path

SOCKET = Path("/run/clamav/clamd.ctl")
PIECE = 64 * 1024
# Seconds.
PATIENCE = 30


class Silent(Exception):
    """It does not answer, or says nothing that is understood: what waits for it waits on."""


def finds_something_in(content: bytes) -> bool:
    """Raises Silent."""
    return SOCKET.exists() and _found(_asked(content))


def _asked(content: bytes) -> str:
    try:
        with socket.socket(socket.AF_UNIX) as scanner:
            scanner.settimeout(PATIENCE)
            scanner.connect(str(SOCKET))
            scanner.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                scanner.sendall(struct.pack("!L", len(piece)) + piece)
            scanner.sendall(struct.pack("!L", 0))
            answer = b"".join(iter(lambda: scanner.recv(4096), b""))
    except OSError as silence:
        raise Silent(str(silence)) from silence
    return answer.rstrip(b"\0\n").decode(errors="backslashreplace")


def _found(answer: str) -> bool:
    if answer.endswith(" FOUND"):
        return True
    if answer == "stream: OK":
        return False
    raise Silent(answer)
