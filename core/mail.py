"""An e-mail from its template to the outbox; the queue sends it."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from core.addresses import can_be_written_to
from core.brand import PICTURE, readable_on
from core.outbox import Urgency, record_unsendable, set_accounts, set_urgency

logger = logging.getLogger(__name__)

REPLY_TO = "Reply-To"


def send(
    template: str,
    address: str,
    *,
    account_ids: Collection[int],
    reader: str = "",
    urgency: Urgency = Urgency.NOTICE,
    stop_url: str = "",
    reply_to: str = "",
    **context: object,
) -> bool:
    """Put a message in the outbox, in the caller's transaction: it leaves if that transaction is kept.

    `template` names a pair, `.txt` and `.html`; the first paragraph of the text is the subject. `account_ids`
    are those that it is written to: it is among what we hold of them. `reader` is the first name of whose
    address it surely is; `stop_url` the page where they stop such messages; `reply_to` where an answer goes,
    an address that can be written to. Who has no address gets none; of one that cannot be written to, agents
    are told. Return whether it will leave.
    """
    if not address:
        return False
    written = compose(template, reader=reader, stop_url=stop_url, **context)
    if not can_be_written_to(address):
        logger.warning("%s was not sent: the address is none", template)
        record_unsendable(address=address, subject=written.subject, account_ids=account_ids)
        return False
    headers = _headers(stop_url, reply_to)
    message = EmailMultiAlternatives(written.subject, written.text, to=[address], headers=headers)
    message.attach_alternative(written.html, "text/html")
    set_urgency(message, urgency)
    set_accounts(message, account_ids)
    message.send()
    return True


@dataclass(frozen=True)
class Message:
    """What somebody will read."""

    subject: str
    text: str
    html: str


def compose(template: str, *, reader: str = "", stop_url: str = "", **context: object) -> Message:
    """The words of a message, which goes nowhere; see `send`."""
    accent = settings.BRAND["accent"]
    context |= {
        "brand": settings.BRAND,
        "accent": accent,
        "on_accent": readable_on(accent),
        "logo": absolute(static(PICTURE)),
        "reader": " ".join(reader.split()),
        "stop_url": stop_url,
    }
    subject, _, text = render_to_string(f"{template}.txt", context).strip().partition("\n\n")
    # A name that holds a line break would begin a header of its own.
    context["subject"] = subject = " ".join(subject.splitlines())
    return Message(subject, text, render_to_string(f"{template}.html", context))


def _headers(stop_url: str, reply_to: str) -> dict[str, str]:
    # Whoever is away does not answer a machine: nor whoever it says is to be answered.
    headers = {"Auto-Submitted": "auto-generated"}
    if reply_to:
        headers[REPLY_TO] = reply_to
    if stop_url:
        # RFC 8058: the mail program shows a button of its own.
        headers["List-Unsubscribe"] = f"<{stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def link(name: str, *arguments: object) -> str:
    """The absolute URL of a page."""
    return absolute(reverse(name, args=arguments))


def absolute(url: str) -> str:
    """The absolute URL of a path; an absolute URL is returned as it is."""
    return urljoin(settings.SITE_URL, url)
