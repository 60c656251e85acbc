"""The tickets on a photograph."""

import re

from core import pictures
from core.exceptions import Refusal

from .pasted import Written
from .typed import readings

# Of the address in our QR; the squares of posters, cards and menus have another one.
ADDRESS_OF_A_TICKET = re.compile(r"/T/[^/]+/?$", re.IGNORECASE)


class NoTicket(Refusal):
    sentence = (
        "Aucun ticket n’est lisible sur cette photo. Reprenez-la de plus près, à plat et en pleine lumière, "
        "le carré en entier. Ou tapez le code écrit dessous."
    )


def tickets_on(content: bytes) -> list[Written]:
    """Each once, whatever else is on it. Raises NoTicket, core.pictures.NotReadable."""
    texts = filter(ADDRESS_OF_A_TICKET.search, dict.fromkeys(pictures.qr_texts(content)))
    found = [Written(text, meant) for text in texts if (meant := readings(text))]
    if not found:
        raise NoTicket
    return found
