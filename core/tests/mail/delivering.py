"""Messages, the servers that take them or do not, and time that passes."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

from django.core.mail.backends.locmem import EmailBackend as Memory
from post_office.models import Email

from accounts import mail
from accounts.tests.factories import make_user
from core import delivery as outbox
from core.worker import Stop


def deliver_by(settings, backend):
    settings.POST_OFFICE = settings.POST_OFFICE | {"BACKENDS": {"default": backend}}


def write(username="camille"):
    mail.password_changed(make_user(username))


def deliver():
    return outbox.deliver(Stop()).sent


def later(delay):
    """As if that much time had passed."""
    for message in Email.objects.exclude(scheduled_time=None):
        Email.objects.filter(pk=message.pk).update(scheduled_time=message.scheduled_time - delay)


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
