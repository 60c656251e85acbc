"""The copies of tickets that a family keeps on a device of its own, to show them without network.

They are in its browser alone (static/js/copies.js). Here is said whose a copy is, and which are still good.
"""

import datetime as dt
from collections.abc import Collection

from django.utils.crypto import salted_hmac

from accounts.models import Beneficiary, User

from .models import Ticket


def account_key(user: User) -> str:
    """Tells one account's copies from another's; says nothing of whose it is."""
    return salted_hmac("tickets.copies", str(user.pk)).hexdigest()[:20]


def still_good(user: User, numbers: Collection[int], day: dt.date) -> list[int]:
    """Those of these tickets that this person may show that day."""
    theirs = Ticket.objects.filter(
        number__in=numbers, wallet__beneficiary__in=Beneficiary.objects.accessible_to(user)
    )
    return list(theirs.usable_on(day).order_by("number").values_list("number", flat=True))
