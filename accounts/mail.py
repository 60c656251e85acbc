"""The e-mails about accounts."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone

from core import mail
from core.outbox import Urgency
from core.spelling import of_whom

from . import links
from .links import Channel
from .models import Beneficiary, User


def activation(user: User, *, urgency: Urgency) -> bool:
    """The link where the owner of this account chooses its first password. Its access code is new."""
    words = _of_activation(user)
    return mail.send("mail/activation", user.email, account_ids=[user.pk], urgency=urgency, **words)


def sample_of_activation(user: User) -> mail.Message:
    """That message as it would be, sent to nobody: its code is of no account."""
    user.access_code_at = timezone.now()
    return mail.compose("mail/activation", **_of_activation(user))


def _of_activation(user: User) -> dict[str, Any]:
    return {
        "reader": user.first_name,
        "username": user.username,
        "children": [child.first_name for child in user.children.all()],
        "url": mail.absolute(links.access_path(user, Channel.MAIL)),
        "last_day": links.last_day(user),
        "forgotten_url": mail.link("accounts:forgotten"),
    }


def identifiers(address: str, accounts: Sequence[Mapping[str, str]], *, account_ids: Collection[int]) -> None:
    """Each account a mapping of `username`, `first_name`, the `link` to a new password, and `device_code`."""
    mail.send(
        "mail/forgotten",
        address,
        account_ids=account_ids,
        urgency=Urgency.LINK,
        accounts=accounts,
        device_url=mail.link("accounts:open_device"),
        hours=hours(),
    )


def sign_up(address: str, path: str) -> None:
    """To an address that nobody has proved yet: `path` makes an account of it, once."""
    mail.send(
        "mail/sign_up",
        address,
        account_ids=[],
        urgency=Urgency.LINK,
        url=mail.absolute(path),
        hours=hours(),
    )


def account_exists(address: str, accounts: Sequence[User], next_path: str = "") -> None:
    """To who asked for another account of the same address; connected, they go on at `next_path`."""
    asked = f"?{urlencode({'next': next_path})}" if next_path else ""
    mail.send(
        "mail/account_exists",
        address,
        account_ids=[user.pk for user in accounts],
        urgency=Urgency.LINK,
        usernames=[user.username for user in accounts],
        login_url=f"{mail.link('accounts:login')}{asked}",
        forgotten_url=mail.link("accounts:forgotten"),
    )


def password_changed(user: User) -> None:
    mail.send(
        "mail/password_changed",
        user.email,
        account_ids=[user.pk],
        reader=user.first_name,
        username=user.username,
        at=timezone.now(),
        forgotten_url=mail.link("accounts:forgotten"),
    )


def identity_linked(user: User, provider: str) -> None:
    """To who may not have done it: whoever knows a password may give itself another door."""
    mail.send(
        "mail/identity_linked",
        user.email,
        account_ids=[user.pk],
        reader=user.first_name,
        username=user.username,
        provider=provider,
        at=timezone.now(),
        forgotten_url=mail.link("accounts:forgotten"),
    )


def confirm_email(user: User, address: str, url: str) -> None:
    """To the new address, not the account's yet: `url` makes it so, once, for PASSWORD_RESET_TIMEOUT."""
    mail.send(
        "mail/confirm_email",
        address,
        account_ids=[user.pk],
        urgency=Urgency.LINK,
        username=user.username,
        url=mail.absolute(url),
        hours=hours(),
    )


def email_change_asked(user: User, old_address: str, new_address: str, refuse_path: str) -> None:
    """To the address of today, whose owner may know nothing of it."""
    mail.send(
        "mail/email_change_asked",
        old_address,
        account_ids=[user.pk],
        reader=user.first_name,
        username=user.username,
        at=timezone.now(),
        new_address=_a_little_of(new_address),
        refuse_url=mail.absolute(refuse_path),
    )


def email_changed(user: User, old_address: str, new_address: str, refuse_path: str = "") -> None:
    """To the old address. `refuse_path` takes the account back; without it one telephones."""
    mail.send(
        "mail/email_changed",
        old_address,
        account_ids=[user.pk],
        reader=user.first_name,
        username=user.username,
        at=timezone.now(),
        new_address=_a_little_of(new_address),
        refuse_url=mail.absolute(refuse_path) if refuse_path else "",
    )


def email_taken_back(user: User, refused_address: str) -> None:
    """To the address that the account had for a while."""
    mail.send("mail/email_taken_back", refused_address, account_ids=[user.pk], username=user.username)


def _a_little_of(address: str) -> str:
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}" if address else ""


def email_given(user: User) -> None:
    """To an address that an agent has written: a slip of the hand writes somebody else's."""
    mail.send(
        "mail/email_given", user.email, account_ids=[user.pk], username=user.username, at=timezone.now()
    )


def account_stolen(user: User, address: str) -> None:
    """To each address that its owner may read; whoever entered it may read one of them too."""
    mail.send(
        "mail/account_stolen", address, account_ids=[user.pk], username=user.username, at=timezone.now()
    )


def appointed(user: User, role: str) -> None:
    """To whoever is an agent from now on, or has another role: families' pages lead nowhere near it."""
    mail.send(
        "mail/appointed",
        user.email,
        account_ids=[user.pk],
        reader=user.first_name,
        username=user.username,
        role=role,
        url=mail.link("admin:index"),
    )


def accounts_merged(kept: User, closed: User, address: str) -> None:
    """To each address of both: one person, if the agent was right."""
    mail.send(
        "mail/accounts_merged",
        address,
        account_ids=[kept.pk, closed.pk],
        reader=kept.first_name,
        username=kept.username,
        closed=closed.username,
        at=timezone.now(),
    )


def access_given_back(user: User, address: str) -> None:
    """To the address that was the account's until some days ago."""
    mail.send(
        "mail/access_given_back",
        address,
        account_ids=[user.pk],
        reader=user.first_name,
        username=user.username,
        at=timezone.now(),
    )


def letter_made(user: User, address: str, *, account_ids: Collection[int]) -> None:
    """To the others who follow the same children, and to the address that the account had some days ago."""
    whose = of_whom(user.first_name or user.username)
    mail.send("mail/letter_made", address, account_ids=account_ids, of_whom=whose, at=timezone.now())


def guardians_changed(guardian: User, child: Beneficiary, *, login_closed: bool = False) -> None:
    """To a guardian who stays. Who came or left, it does not say: a ruling may be behind it."""
    mail.send(
        "mail/guardians_changed",
        guardian.email,
        account_ids=[guardian.pk],
        reader=guardian.first_name,
        first_name=child.first_name,
        at=timezone.now(),
        login_closed=login_closed,
    )


def telephone_enrolled(user: User) -> None:
    """Whoever had the password first may have prepared a telephone of their own."""
    mail.send(
        "mail/telephone_enrolled",
        user.email,
        account_ids=[user.pk],
        reader=user.first_name,
        username=user.username,
        at=timezone.now(),
        of_agent=user.is_staff,
    )


def recovery_codes_made(user: User) -> None:
    mail.send(
        "mail/recovery_codes_made",
        user.email,
        account_ids=[user.pk],
        reader=user.first_name,
        username=user.username,
        at=timezone.now(),
        of_agent=user.is_staff,
    )


def child_login_made(guardian: User, beneficiary: Beneficiary) -> None:
    """To another guardian than the one who made the child's login, or made it anew."""
    mail.send(
        "mail/child_login_made",
        guardian.email,
        account_ids=[guardian.pk],
        reader=guardian.first_name,
        first_name=beneficiary.first_name,
    )


def child_login_closed(guardian: User, beneficiary: Beneficiary) -> None:
    """To a guardian who stays: the account that made the child's login was closed, and the login with it."""
    mail.send(
        "mail/child_login_closed",
        guardian.email,
        account_ids=[guardian.pk],
        reader=guardian.first_name,
        first_name=beneficiary.first_name,
        at=timezone.now(),
    )


def hours() -> int:
    return settings.PASSWORD_RESET_TIMEOUT // 3600
