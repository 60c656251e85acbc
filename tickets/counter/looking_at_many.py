"""A list of codes becomes the tickets that an organisme may use, and why not the others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from accounts.models import User
from partners.models import Partner

from ..exceptions import TicketNotUsable
from ..models import Ticket, Why
from . import tries
from .looking import by_codes
from .pasted import Written
from .reading import totals
from .refusals import Miscopied, NoCode, NotAtTheCounter, TooManyCodes, Unknown
from .verdict import Verdicts

MOST = 200


@dataclass(frozen=True)
class Refused:
    """A line that stands for no ticket, or for one that may not be used here."""

    shown: str
    sentence: str


@dataclass
class Looked:
    usable: list[Ticket] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    # How many stood in the list before.
    doubles: int = 0
    repaired: bool = False

    @property
    def total(self) -> Decimal:
        return totals(self.usable)


def look(written: Sequence[Written], *, partner: Partner, actor: User) -> Looked:
    """Each code stands for itself. One query finds them all, and whether one may try is asked once, before.

    Raises TooManyTries, NoCode, TooManyCodes.
    """
    tries.check(actor=actor, partner_id=partner.pk)
    if not written:
        raise NoCode
    if len(written) > MOST:
        raise TooManyCodes(len(written), MOST)
    codes = {reading.code for it in written for reading in it.readings}
    found = {ticket.code: ticket for ticket in by_codes(sorted(codes))}
    return _judged(written, found, partner, actor)


def _judged(written: Sequence[Written], found: dict[str, Ticket], partner: Partner, actor: User) -> Looked:
    looked, verdicts, failed, seen = Looked(), Verdicts(partner, found.values()), dict[str, Why](), set[str]()
    for one in written:
        meant = next((it for it in one.readings if it.code in found), None)
        same = meant.code if meant else one.readings[0].code if one.readings else one.shown
        if same in seen:
            looked.doubles += 1
            continue
        seen.add(same)
        ticket = found[meant.code] if meant else None
        refusal = _why_not(one, ticket, verdicts)
        looked.repaired = looked.repaired or bool(meant and meant.repaired)
        if ticket and not refusal:
            looked.usable.append(ticket)
        elif refusal:
            looked.refused.append(Refused(one.shown, refusal.told()))
            if isinstance(refusal, NotAtTheCounter):
                failed[same] = refusal.why
    tries.note_list(((why, text) for text, why in failed.items()), actor=actor, partner_id=partner.pk)
    return looked


def _why_not(one: Written, ticket: Ticket | None, verdicts: Verdicts) -> TicketNotUsable | None:
    if ticket:
        return verdicts.why_not(ticket)
    return Unknown() if one.readings else Miscopied()
