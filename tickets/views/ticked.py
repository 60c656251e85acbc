"""The tickets that are ticked to be printed: in the address, from one page of the statement to the next."""

import re

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

# More than a year of a child's tickets of one euro. A document of so many takes two seconds.
MOST_PRINTED = 100


def ticked_numbers(request: HttpRequest) -> list[str]:
    """One more than can be printed at most, so that so many are refused, and the address stays short."""
    numbers = (number for number in request.GET.getlist("ticket") if re.fullmatch(r"[0-9]{1,18}", number))
    return list(dict.fromkeys(numbers))[: MOST_PRINTED + 1]


def statement_with(ticked: list[str], public_id: str) -> str:
    """The statement where these are still ticked."""
    query = urlencode({"ticket": ticked}, doseq=True)
    return f"{reverse('tickets:statement', args=[public_id])}{query and f'?{query}'}"
