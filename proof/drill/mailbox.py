"""`python -m proof.drill.mailbox PORT FILE`: a mail server that writes down each Message-ID."""

import signal
import sys
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from proof.servers.servers import HOST


class Received:
    def __init__(self, file: Path) -> None:
        self.file = file

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 – its name
        content = envelope.content
        message = message_from_bytes(content if isinstance(content, bytes) else b"")
        with self.file.open("a") as lines:
            print(message["Message-ID"], file=lines)
        return "250 OK"


if __name__ == "__main__":
    Controller(Received(Path(sys.argv[2])), HOST, int(sys.argv[1])).start()
    signal.pause()
