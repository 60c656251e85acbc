"""« Pas encore inscrit ? »: an address is typed, a link is mailed to it, the link makes an account, once.

Whoever asks learns nothing of whether the address has an account, nor by the time that the answer takes: the
page notes the address, a task looks. To open the link changes nothing: mail servers do it first.
"""

import datetime as dt

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from core.tasks import Priority, Queue

from . import mail
from .exceptions import LinkOutOfUse
from .models import SignUp, User
from .new_accounts import make_account

_link = signing.Signer(salt="accounts.signing_up")


@transaction.atomic
def ask(*, email: str, next_path: str = "") -> None:
    """`next_path` is where the new account goes on."""
    sign_up = SignUp.objects.create(email=email, next_path=next_path)
    answer.enqueue(sign_up_id=sign_up.pk)


@task(queue_name=Queue.MAIL, priority=Priority.LINK)
def answer(*, sign_up_id: int) -> None:
    """Once, were it begun twice."""
    with transaction.atomic():
        if SignUp.objects.filter(pk=sign_up_id, mailed_at=None).update(mailed_at=timezone.now()):
            _write(SignUp.objects.get(pk=sign_up_id))


def _write(sign_up: SignUp) -> None:
    if known := list(_known(sign_up.email)):
        mail.account_exists(sign_up.email, known, sign_up.next_path)
        sign_up.delete()
    else:
        mail.sign_up(sign_up.email, path(sign_up))


def path(sign_up: SignUp) -> str:
    return reverse("accounts:sign_up_link", args=[_link.sign(sign_up.key)])


def of_link(token: str) -> SignUp:
    """Good for PASSWORD_RESET_TIMEOUT, while the address has no account. Raises LinkOutOfUse."""
    try:
        sign_up = SignUp.objects.get(key=_link.unsign(token), mailed_at__gte=_oldest(timezone.now()))
    except (signing.BadSignature, SignUp.DoesNotExist) as unknown:
        raise LinkOutOfUse from unknown
    if _known(sign_up.email).exists():
        raise LinkOutOfUse
    return sign_up


def confirm(*, token: str, first_name: str, last_name: str, phone: str, password: str) -> User:
    """Make the account: who reads the e-mail has the address. Its other links open nothing any more.

    Locks what the address asked for. Raises LinkOutOfUse.
    """
    hashed = make_password(password)
    with transaction.atomic():
        asked = SignUp.objects.filter(email__iexact=of_link(token).email)
        list(asked.select_for_update().order_by("pk"))
        address = of_link(token).email
        user = make_account(
            first_name=first_name,
            last_name=last_name,
            password=hashed,
            phone=phone,
            email=address,
            email_confirmed_at=timezone.now(),
        )
        asked.delete()
    return user


def out_of_use(now: dt.datetime) -> QuerySet[SignUp]:
    """Those whose link nobody used in time."""
    return SignUp.objects.filter(mailed_at__lt=_oldest(now))


def _oldest(now: dt.datetime) -> dt.datetime:
    return now - dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def _known(email: str) -> QuerySet[User]:
    """The open accounts of this address, an agent's too."""
    return User.objects.filter(email__iexact=email, is_active=True).order_by("username")
