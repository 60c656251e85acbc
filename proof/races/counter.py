"""What members do at the counter of their organisme, by its pages."""

from collections.abc import Sequence
from dataclasses import replace

from proof.servers.browser import form

from .acts import Page, What
from .rounds import SPORT, Round, new_key

# Of `Ground.members`: two of one organisme, the second of whom manages it, and one of another.
FIRST, MANAGER, ELSEWHERE = range(3)
USE = "/organismes/{partner}/utiliser/"
UNDO = "/organismes/{partner}/utilisations/{use}/annuler/"
# No guardian has that network.
NETWORK = 100


def by_code(
    here: Round, ticket: int, *, by: int = FIRST, key: str = "", kind: str = SPORT, answer_lost: bool = False
) -> Page:
    """« Ticket à confirmer », of a ticket on paper or of one for this organisme."""
    fields = {"code": here.codes[ticket], f"offer_{kind}": str(here.ground.members[by].offers[kind])}
    page = _use(here, ticket, by, key or new_key(), way="saisi", **fields)
    return replace(page, answer_lost=answer_lost)


def from_list(here: Round, ticket: int, *, by: int = FIRST, key: str = "") -> Page:
    """« Tickets à confirmer », of one that waits there, without its code."""
    return _use(here, ticket, by, key or new_key(), way="liste", ticket=str(ticket))


def _use(here: Round, number: int, by: int, key: str, /, **fields: str) -> Page:
    member = here.ground.members[by]
    leads_to = f"/utilisations/{key}/"
    target = form(
        USE.format(partner=member.partner), member.cookies, NETWORK + by, leads_to, key=key, **fields
    )
    euros = here.euros[number]
    return Page(what=What.USE, ticket=number, key=key, euros=euros, target=target)


def used(here: Round, tickets: Sequence[int]) -> dict[int, int]:
    """Used before the start, by the first member: the use of each ticket."""
    here.book.note(here.ground.at_once([by_code(here, ticket) for ticket in tickets]))
    uses: dict[int, int] = here.ground.call("uses_of", tickets)
    return uses


def undo(here: Round, ticket: int, use: int, *, by: int = FIRST) -> Page:
    member = here.ground.members[by]
    path, network = UNDO.format(partner=member.partner, use=use), NETWORK + by
    target = form(path, member.cookies, network, f"/organismes/{member.partner}/", reason="enfant")
    said = f"L’utilisation du ticket n°\N{NO-BREAK SPACE}{ticket} est annulée"
    euros = here.euros[ticket]
    return Page(what=What.UNDO_USE, ticket=ticket, euros=euros, target=target, sentence=said)
