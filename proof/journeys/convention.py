"""What an organisme does with the convention: it asks for the code, and signs."""

import re
from pathlib import Path

from playwright.sync_api import Page

from .mailbox import message_about, text_of
from .steps import go_on


def ask_for_code(page: Page, mailbox: Path, address: str) -> str:
    """As the e-mail says it, which goes to this address."""
    go_on(page, "Recevoir le code")
    code = re.search(r"\d{3}\s\d{3}", text_of(message_about(mailbox, "Votre code pour signer", address)))
    assert code
    return code[0]


def other_than(code: str) -> str:
    return f"{(int(''.join(code.split())) + 1) % 10**6:06}"


def sign(page: Page, code: str) -> None:
    page.get_by_label("Code reçu par e-mail").fill(code)
    page.get_by_label("J’ai lu toute la convention").check()
    go_on(page, "Signer la convention")
