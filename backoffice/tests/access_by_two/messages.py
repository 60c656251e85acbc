"""The messages that an address got."""

from django.core import mail

OLD, NEW = "mere@famille.example", "gest.perso@ailleurs.example"
WHY = "Appel de la famille"


def messages_to(address):
    return [message for message in mail.outbox if message.to == [address]]
