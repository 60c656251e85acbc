"""A member at the counter of an organisme, for tests."""

import uuid
from dataclasses import dataclass, field

from accounts.models import User
from partners.models import Membership, Offer, Role
from partners.tests.factories import make_offer, make_partner
from partners.tests.members import make_member
from tickets.counter import looking, undoing, using
from tickets.counter.undoing import Reason
from tickets.models import Ticket, Use, Way
from wallets.models import Kind


@dataclass
class Counter:
    """An organisme that offers singing, and one of its members."""

    role: Role = Role.COUNTER
    offer: Offer = field(default_factory=lambda: make_offer("Chant choral", Kind.CULTURE))
    membership: Membership = field(init=False)

    def __post_init__(self) -> None:
        self.membership = make_member(self.partner, self.role)

    @property
    def partner(self):
        return self.offer.partner

    @property
    def member(self) -> User:
        return self.membership.user

    def look(self, text: str) -> Ticket:
        return looking.look(text, partner=self.partner, actor=self.member).ticket

    def use(self, ticket: Ticket, *, key=None, by_code: bool = True, offer: Offer | None = None) -> Use:
        return using.use(
            ticket_id=ticket.pk,
            code=ticket.code if by_code else None,
            partner_id=self.partner.pk,
            offer_id=(offer or self.offer).pk,
            actor=self.member,
            way=Way.TYPED if by_code else Way.LIST,
            key=key or uuid.uuid4(),
        )

    def undo(self, use: Use, member: User | None = None) -> None:
        undoing.undo(
            use_id=use.pk,
            partner_id=self.partner.pk,
            actor=member or self.member,
            reason=Reason.WRONG_CHILD,
        )


def elsewhere() -> Counter:
    return Counter(offer=make_offer("Théâtre", Kind.CULTURE, partner=make_partner("AILLEURS")))
