"""Messages, the servers that take them or do not, and time that passes."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

from django.core.mail.backends.locmem import EmailBackend as Memory
from django.db.models import F
from django_tasks_db.models import DBTaskResult, get_date_max
from post_office.models import STATUS, Email

from accounts import mail
from accounts.tests.factories import make_user
from core.tests.queue import work

# Of a task that does not wait for a time.
NEVER = get_date_max()


def deliver_by(settings, backend):
    settings.POST_OFFICE = settings.POST_OFFICE | {"BACKENDS": {"default": backend}}


def write(username="camille"):
    mail.password_changed(make_user(username))


def deliver():
    """Do whatever is due; return how many messages left."""
    before = _sent()
    work()
    return _sent() - before


def _sent():
    return Email.objects.filter(status=STATUS.sent).count()


def later(delay):
    """As if that much time had passed."""
    Email.objects.exclude(scheduled_time=None).update(scheduled_time=F("scheduled_time") - delay)
    DBTaskResult.objects.filter(run_after__lt=NEVER).update(run_after=F("run_after") - delay)


class Choosy(Memory):
    """A server that refuses one recipient."""

    def send_messages(self, messages):
        if "refusee@famille.example" in messages[0].to:
            raise SMTPRecipientsRefused({"refusee@famille.example": (550, b"unknown")})
        return super().send_messages(messages)


class Moody(Memory):
    """A server that hangs up at each message."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected("bye")
