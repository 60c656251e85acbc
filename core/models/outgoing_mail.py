"""The e-mails of the outbox."""

from post_office.models import Email


class OutgoingMail(Email):
    """An e-mail that waits in the outbox, or has left it."""

    class Meta:
        proxy = True
        verbose_name = "e-mail"
