"""What accounts do on somebody's behalf."""

import logging
from collections import defaultdict
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from .models import User

logger = logging.getLogger(__name__)


def send_identifiers(*, contact: str) -> None:
    """Mail its identifiants, each with a link to choose a new password, to whoever `contact` means.

    `contact` is an e-mail address or an identifiant. One message an address, however many accounts
    share it, and no message, and no word of it, when nobody is known. Sends mail: never inside a transaction.
    """
    accounts_by_address: dict[str, list[User]] = defaultdict(list)
    for user in User.objects.reachable_by(contact):
        accounts_by_address[user.email.lower()].append(user)
    for address, users in accounts_by_address.items():
        context = {
            "accounts": [
                {"username": u.username, "full_name": str(u), "link": _reset_link(u)} for u in users
            ],
            "brand": settings.BRAND,
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        }
        subject = render_to_string("accounts/mail/forgotten_subject.txt", context).strip()
        try:
            send_mail(subject, render_to_string("accounts/mail/forgotten.txt", context), None, [address])
        except (OSError, SMTPException):
            # To say so on the page would tell that the account exists.
            logger.exception("The message with the identifiants could not be sent")


def _reset_link(user: User) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("accounts:reset", args=[uid, default_token_generator.make_token(user)])
    return f"{settings.SITE_URL}{path}"
