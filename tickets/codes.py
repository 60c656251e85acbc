"""The secret code of a ticket: drawn at random, and all the ticket is worth."""

from django.utils.crypto import get_random_string

from core.codes import ALPHABET, LENGTH, complete


def new_code() -> str:
    return complete(get_random_string(LENGTH, ALPHABET))
