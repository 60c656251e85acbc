"""The form of another address, and the links of the messages that follow."""

import re

from django.test import Client

from accounts.models import EmailChange, User
from accounts.tests.factories import PASSWORD

OLD, NEW = "ancienne@famille.example", "nouvelle@famille.example"


def ask(client, address=NEW, password=PASSWORD):
    return client.post("/mon-compte/e-mail/", {"email": address, "password": password})


def link_to(message):
    return re.search(r"https?://[^/]+(/mon-compte/e-mail/\S+)", message.body)[1]


def confirmation(mailoutbox):
    """The newest that there is."""
    return next(map(link_to, (it for it in reversed(mailoutbox) if "confirm" in it.subject.lower())))


def refusal(mailoutbox):
    """That of the newest message to the old address."""
    told = (message for message in reversed(mailoutbox) if message.to == [OLD])
    return next(link_to(message) for message in told if "ce-n-est-pas-moi" in message.body)


def address_of(user):
    return User.objects.get(pk=user.pk).email


def newest(user):
    return EmailChange.objects.filter(user=user).latest("pk")


def refuse(link):
    """By whoever reads the old address, on a device where nobody is connected."""
    owner = Client()
    assert "Ce n’est pas moi" in owner.get(link).text
    return owner.post(link, follow=True)
