"""A ruling of a court, and who is told of it."""

from django.core import mail

WHY = "Jugement du 3 mars"


def told():
    return [message.to[0] for message in mail.outbox]
