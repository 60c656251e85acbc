"""What arrives in a family's mail box."""

import re
import time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

from .conftest import PATIENCE


def message_about(mailbox: Path, subject: str, address: str = "") -> EmailMessage:
    """The message whose subject begins so: it comes after the page that says so, and others may come too."""
    wanted = address.encode()
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        for file in mailbox.glob("*.log"):
            # What follows the last line of dashes is not all there yet.
            for text in file.read_bytes().split(b"-" * 79)[:-1]:
                if wanted not in text:
                    continue
                message: EmailMessage = message_from_bytes(text.lstrip(), policy=default)
                # A long one begins on a line of its own.
                if message["Subject"].lstrip().startswith(subject):
                    return message
        time.sleep(0.2)
    raise AssertionError(f"no message came about {subject}")


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body
    return str(body.get_content())


def link_in(message: EmailMessage) -> str:
    link = re.search(r"https://\S+", text_of(message))
    assert link
    return link[0]


def path_in(mailbox: Path, subject: str, address: str = "") -> str:
    """Where the link of that message leads, on the site of the journey."""
    return urlsplit(link_in(message_about(mailbox, subject, address))).path
