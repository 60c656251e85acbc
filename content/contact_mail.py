"""What people write to the service: an e-mail to those who help, whose text is kept nowhere once it left."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from accounts.models import Beneficiary, User
from core import mail, throttle
from core.throttle_policy import HOUR, MINUTE, Limit, ThrottlePolicy

from .contact_form import Topic

TOO_MANY = "Trop de messages"
CONTACT = ThrottlePolicy(
    "contact",
    # A whole collège, or the customers of a telephone company.
    network=Limit(free=20, first=MINUTE, longest=10 * MINUTE, memory=5 * MINUTE),
    too_many=TOO_MANY,
)
CONTACT_OF_ONE = ThrottlePolicy(
    "contact of one",
    account=Limit(free=10, first=HOUR, longest=HOUR, memory=HOUR),
    too_many=TOO_MANY,
)


def count(request: HttpRequest) -> None:
    """Before a message is sent. Raises TooManyAttempts."""
    if request.user.is_authenticated:
        throttle.count(CONTACT_OF_ONE, request, account=request.user.username)
    throttle.count(CONTACT, request)


@transaction.atomic
def send(*, topic: str, message: str, address: str, author: User | None, child: Beneficiary | None) -> None:
    """To the one address that the site names, and to nobody that was typed: not even a copy.

    `author` is who is connected, and whose address it is by what we know; whoever is not may be anybody.
    """
    mail.send(
        "mail/contact",
        settings.BRAND["help_email"],
        account_ids=[author.pk] if author else [],
        reply_to=address,
        topic=Topic(topic).label,
        message="\n".join(message.splitlines()),
        answer_to=address,
        username=author.username if author else "",
        is_own_address=bool(author and author.email.casefold() == address.casefold()),
        child=child.first_name if child else "",
    )
