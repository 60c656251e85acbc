"""An e-mail from its template to the outbox; the queue sends it."""

import logging
from collections.abc import Mapping
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from core.addresses import can_be_written_to
from core.brand import PICTURE, readable_on
from core.outbox import Urgency, record_unsendable, set_urgency

logger = logging.getLogger(__name__)


def send(
    template: str,
    address: str,
    *,
    reader: str = "",
    urgency: Urgency = Urgency.NOTICE,
    headers: Mapping[str, str] | None = None,
    **context: object,
) -> bool:
    """Put a message in the outbox, in the caller's transaction: it leaves if that transaction is kept.

    `template` names a pair, `.txt` and `.html`; the first paragraph of the text is the subject. `reader` is
    the first name of whose address it surely is. Who has no address gets none; of one that cannot be
    written to, agents are told. Return whether it will leave.
    """
    if not address:
        return False
    accent = settings.BRAND["accent"]
    context |= {
        "brand": settings.BRAND,
        "accent": accent,
        "on_accent": readable_on(accent),
        "logo": absolute(static(PICTURE)),
        "reader": " ".join(reader.split()),
    }
    subject, _, text = render_to_string(f"{template}.txt", context).strip().partition("\n\n")
    # A name that holds a line break would begin a header of its own.
    context["subject"] = subject = " ".join(subject.splitlines())
    if not can_be_written_to(address):
        logger.warning("%s was not sent: the address is none", template)
        record_unsendable(address=address, subject=subject)
        return False
    # Whoever is away does not answer a machine.
    own_headers = {"Auto-Submitted": "auto-generated", **(headers or {})}
    message = EmailMultiAlternatives(subject, text, to=[address], headers=own_headers)
    message.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    set_urgency(message, urgency)
    message.send()
    return True


def link(name: str, *arguments: object) -> str:
    """The absolute URL of a page."""
    return absolute(reverse(name, args=arguments))


def absolute(url: str) -> str:
    """The absolute URL of a path; an absolute URL is returned as it is."""
    return urljoin(settings.SITE_URL, url)
