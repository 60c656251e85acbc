"""Where the messages of `make bench` end: a file that holds the Message-ID of each, to whom, and its link."""

import os
import re
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

FILE = "BENCH_MAILBOX"
PATH = re.compile(r"https?://[^/\s]+(/\S*)")


def link_in(text: str) -> str:
    """The longest: those that hold a token are."""
    return max(PATH.findall(text), key=len, default="-")


class Mailbox(BaseEmailBackend):
    """One write a message, to the end of the file: neither two workers nor a kill -9 can mix two lines."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        file = os.open(os.environ[FILE], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            for message in messages:
                line = f"{message.extra_headers['Message-ID']} {message.to[0]} {link_in(str(message.body))}\n"
                os.write(file, line.encode())
        finally:
            os.close(file)
        return len(messages)
