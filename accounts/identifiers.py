"""« Identifiants oubliés »: the page notes what was typed; a task looks for whom it means.

So whoever asks learns nothing of whether there is an account, not even by the time that the answer takes: the
page does not know it either.
"""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from core import codes
from core.tasks import Priority, Queue

from . import links, mail, services
from .links import Channel
from .models import ForgottenRequest, User


@transaction.atomic
def ask(*, contact: str) -> None:
    """The task holds no text: what was typed is in a row, where who is erased is looked for."""
    request = ForgottenRequest.objects.create(contact=contact)
    answer.enqueue(request_id=request.pk)


@task(queue_name=Queue.MAIL, priority=Priority.LINK)
def answer(*, request_id: int) -> None:
    mine = ForgottenRequest.objects.filter(pk=request_id)
    request = mine.first()
    if request and mine.delete()[0]:
        send_identifiers(contact=request.contact)


def send_identifiers(*, contact: str) -> None:
    """Mail its identifiants, each with a link to choose a new password, to whoever `contact` means.

    `contact` is an e-mail address or an identifiant. One message an address, however many accounts
    share it, and none when nobody is known. Where giving an access takes two agents, there is no link:
    whoever wrote the address would get it here.
    """
    by_address: dict[str, list[User]] = defaultdict(list)
    for user in User.objects.reachable_by(contact):
        by_address[user.email.lower()].append(user)
    for address, users in by_address.items():
        mail.identifiers(
            address,
            [_way_in(user, opens=not user.needs_two_agents) for user in users],
            account_ids=[user.pk for user in users],
        )


def send_way_in(*, user: User) -> None:
    """The same message for one account, whoever wrote its address: agents have decided."""
    mail.identifiers(user.email, [_way_in(user, opens=True)], account_ids=[user.pk])


def _way_in(user: User, *, opens: bool) -> dict[str, str]:
    return {
        "username": user.username,
        "first_name": user.first_name,
        "link": services.password_link(user, Channel.MAIL) if opens else "",
        "device_code": _device_code(user) if opens else "",
    }


def _device_code(user: User) -> str:
    """Nothing where there is no password to type after it."""
    code = links.device_code(user, timezone.localdate()) if user.has_usable_password() else ""
    return codes.show_code(code) if code else ""
