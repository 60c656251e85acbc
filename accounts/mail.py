"""The e-mails: composed here, put in the outbox, and sent by `manage.py deliver`."""

import logging
from collections.abc import Mapping, Sequence
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from core.addresses import can_be_written_to
from core.outbox import Urgency, record_unsendable, set_urgency
from core.spelling import of_whom

from . import links
from .links import Channel
from .models import Beneficiary, User

logger = logging.getLogger(__name__)


def send(
    template: str,
    address: str,
    *,
    urgency: Urgency = Urgency.NOTICE,
    headers: Mapping[str, str] | None = None,
    **context: object,
) -> bool:
    """Put a message in the outbox, in the caller's transaction: it leaves if that transaction is kept.

    `template` names a pair, `.txt` and `.html`; the first paragraph of the text is the subject. Who has no
    address gets none; of one that cannot be written to, agents are told. Return whether it will leave.
    """
    if not address:
        return False
    context |= {"brand": settings.BRAND, "accent": (settings.BRAND["colors"] or settings.OUR_COLORS)[0]}
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
    """The absolute address of a page."""
    return absolute(reverse(name, args=arguments))


def absolute(url: str) -> str:
    """From a path to an address; an address stays what it is."""
    return urljoin(settings.SITE_URL, url)


# --- Of accounts ------------------------------------------------------------------------------


def activation(user: User, *, urgency: Urgency) -> bool:
    """The link where the owner of this account chooses its first password. Its access code is new."""
    return send(
        "mail/activation",
        user.email,
        urgency=urgency,
        username=user.username,
        children=[child.first_name for child in user.children.all()],
        url=absolute(links.access_path(user, Channel.MAIL)),
        last_day=links.last_day(user),
        forgotten_url=link("accounts:forgotten"),
    )


def identifiers(address: str, accounts: Sequence[Mapping[str, str]]) -> None:
    """Each account a mapping of `username`, `first_name`, the `link` to a new password, and `device_code`."""
    send(
        "mail/forgotten",
        address,
        urgency=Urgency.LINK,
        accounts=accounts,
        device_url=link("accounts:open_device"),
        hours=hours(),
    )


def password_changed(user: User) -> None:
    send(
        "mail/password_changed",
        user.email,
        username=user.username,
        at=timezone.now(),
        forgotten_url=link("accounts:forgotten"),
    )


def confirm_email(user: User, address: str, url: str) -> None:
    """To the new address, not the account's yet: `url` makes it so, once, for PASSWORD_RESET_TIMEOUT."""
    send(
        "mail/confirm_email",
        address,
        urgency=Urgency.LINK,
        username=user.username,
        url=absolute(url),
        hours=hours(),
    )


def email_change_asked(user: User, old_address: str, new_address: str, refuse_path: str) -> None:
    """To the address of today, whose owner may know nothing of it."""
    send(
        "mail/email_change_asked",
        old_address,
        username=user.username,
        at=timezone.now(),
        new_address=_a_little_of(new_address),
        refuse_url=absolute(refuse_path),
    )


def email_changed(user: User, old_address: str, new_address: str, refuse_path: str = "") -> None:
    """To the old address. `refuse_path` takes the account back; without it one telephones."""
    send(
        "mail/email_changed",
        old_address,
        username=user.username,
        at=timezone.now(),
        new_address=_a_little_of(new_address),
        refuse_url=absolute(refuse_path) if refuse_path else "",
    )


def email_taken_back(user: User, refused_address: str) -> None:
    """To the address that the account had for a while."""
    send("mail/email_taken_back", refused_address, username=user.username)


def _a_little_of(address: str) -> str:
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}" if address else ""


def email_given(user: User) -> None:
    """To an address that an agent has written: a slip of the hand writes somebody else's."""
    send("mail/email_given", user.email, username=user.username, at=timezone.now())


def account_stolen(user: User, address: str) -> None:
    """To each address that its owner may read; whoever entered it may read one of them too."""
    send("mail/account_stolen", address, username=user.username, at=timezone.now())


def access_given_back(user: User, address: str) -> None:
    """To the address that was the account's until some days ago."""
    send("mail/access_given_back", address, username=user.username, at=timezone.now())


def letter_made(user: User, address: str) -> None:
    """To the others who follow the same children, and to the address that the account had some days ago."""
    whose = of_whom(user.first_name or user.username)
    send("mail/letter_made", address, of_whom=whose, at=timezone.now())


def guardians_changed(guardian: User, child: Beneficiary, *, login_closed: bool = False) -> None:
    """To a guardian who stays. Who came or left, it does not say: a ruling may be behind it."""
    send(
        "mail/guardians_changed",
        guardian.email,
        first_name=child.first_name,
        at=timezone.now(),
        login_closed=login_closed,
    )


def telephone_enrolled(user: User) -> None:
    """To an agent: whoever had the password first may have prepared a telephone of their own."""
    send("mail/telephone_enrolled", user.email, username=user.username, at=timezone.now())


def recovery_codes_made(user: User) -> None:
    send("mail/recovery_codes_made", user.email, username=user.username, at=timezone.now())


def child_login_made(guardian: User, beneficiary: Beneficiary) -> None:
    """To another guardian than the one who made the child's login, or made it anew."""
    send("mail/child_login_made", guardian.email, first_name=beneficiary.first_name)


def child_login_closed(guardian: User, beneficiary: Beneficiary) -> None:
    """To a guardian who stays: the account that made the child's login was closed, and the login with it."""
    send("mail/child_login_closed", guardian.email, first_name=beneficiary.first_name, at=timezone.now())


def hours() -> int:
    return settings.PASSWORD_RESET_TIMEOUT // 3600
