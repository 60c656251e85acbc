"""The tickets that a confirmation is about: by their codes, or by their numbers where they wait here."""

import re
import uuid
from dataclasses import dataclass, field

from accounts.access import SignedInRequest
from accounts.models import User
from core.compiled_query import CompiledQuery
from core.exceptions import Refusal
from core.money import NBSP
from partners.models import Partner

from ...counter import tries, using
from ...counter.forms import UseForm
from ...counter.looking import by_codes, shown_at_a_counter
from ...counter.looking_at_many import MOST
from ...counter.refusals import NotAtTheCounter, Unknown
from ...models import Ticket, Use, Way, Why

_waiting = CompiledQuery(
    lambda numbers, partner: (
        shown_at_a_counter().filter(number__in=numbers, offer__partner_id=partner).order_by("number")
    )
)


@dataclass
class Presented:
    partner: Partner
    codes: list[str]
    tickets: list[Ticket]
    # A sentence for each that could not be used.
    refused: list[str] = field(default_factory=list)
    _failed: list[tuple[Why, str]] = field(default_factory=list, init=False)

    @classmethod
    def sent(cls, request: SignedInRequest, partner: Partner) -> "Presented":
        """Codes that no ticket has are one try that failed, as those of a list. Raises TooManyTries."""
        codes = list(dict.fromkeys(request.POST.getlist("code")))[:MOST]
        numbers = [it for it in request.POST.getlist("ticket") if re.fullmatch(r"[0-9]{1,18}", it)][:MOST]
        found = _found(codes, [int(number) for number in numbers], partner)
        if unknown := set(codes) - {ticket.code for ticket in found}:
            # Not before: the same form sent again finds all of them, and answers what it answered.
            tries.check(actor=request.user, partner_id=partner.pk)
            failed = ((Why.UNKNOWN, code) for code in unknown)
            tries.note_list(failed, actor=request.user, partner_id=partner.pk)
        return cls(partner, codes, found, [Unknown().told() for _ in unknown])

    def use(self, form: UseForm, *, actor: User) -> list[Use]:
        """Those that turned bad since they were looked at are tries that failed."""
        key, way = form.cleaned_data["key"], Way(form.cleaned_data["way"])
        used = [use for it in self.tickets if (use := self._use_one(it, form.offer_of(it), actor, way, key))]
        tries.note_list(self._failed, actor=actor, partner_id=self.partner.pk)
        return used

    def _use_one(
        self, ticket: Ticket, offer_id: int | None, actor: User, way: Way, key: uuid.UUID
    ) -> Use | None:
        try:
            return using.use(
                ticket_id=ticket.pk,
                code=ticket.code if ticket.code in self.codes else None,
                partner_id=self.partner.pk,
                offer_id=offer_id,
                actor=actor,
                way=way,
                key=key,
            )
        except Refusal as refusal:
            self.refused.append(f"Ticket n°{NBSP}{ticket.number}{NBSP}: {refusal.told()}")
            if isinstance(refusal, NotAtTheCounter):
                self._failed.append((refusal.why, ticket.code))
            return None


def _found(codes: list[str], numbers: list[int], partner: Partner) -> list[Ticket]:
    """By their codes, and by their numbers those that are for this organisme: each once."""
    found = [*by_codes(codes), *_waiting(numbers, partner.pk)]
    return sorted({ticket.pk: ticket for ticket in found}.values(), key=lambda ticket: ticket.pk)
