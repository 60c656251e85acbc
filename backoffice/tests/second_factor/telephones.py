"""What a telephone shows, and the pages that ask for it."""

import base64

from django.test import Client
from django.urls import reverse
from django_otp.oath import totp

FACTOR = reverse("admin:second_factor")
INDEX = reverse("admin:index")
CODES = reverse("admin:recovery_codes")


def secret_on(page):
    """What the page of the first time says, as a telephone keeps it."""
    return base64.b32decode(page.context["secret"].replace(" ", ""))


def code_of(secret, *, later=0):
    return f"{totp(secret, t0=-later):06}"


def later_code(telephone):
    """The next one: the code of now has opened the session."""
    return code_of(telephone.bin_key, later=30)


def other_browser(agent):
    client = Client()
    client.force_login(agent)
    return client
