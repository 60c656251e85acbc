"""The controls of the races at a counter: see `controls`."""

import uuid
from typing import Any
from unittest.mock import patch

from accounts.models import User
from partners.models import Partner
from tickets import expiry, services
from tickets.counter import undoing, using
from tickets.counter.undoing import Reason
from tickets.models import Ticket, TicketQuerySet, Use, Way
from wallets.tests.factories import days

from . import agents
from .database import MEMBERS
from .scene import Scene, no_guard


def used_twice(scene: Scene) -> None:
    with no_guard(), scene.meet_before(TicketQuerySet, "update"):
        use(scene, scene.ticket)


def confirmed_twice(scene: Scene) -> None:
    """One form, by one member: neither finds the other one's use."""
    with no_guard(), scene.meet_before(TicketQuerySet, "update"):
        use(scene, scene.ticket, key=scene.key, member=0)


def listed_and_presented(scene: Scene) -> None:
    with no_guard(), scene.meet_before(TicketQuerySet, "update"):
        use(scene, scene.assigned, by_code=scene.side == 0)


def cancelled_and_presented(scene: Scene) -> None:
    with no_guard(), scene.meet_before(TicketQuerySet, "update"):
        if scene.side == 0:
            services.cancel(ticket_id=scene.ticket, actor=agents.agent())
        else:
            use(scene, scene.ticket)


def undone_twice(scene: Scene) -> None:
    """Both find it living; what is left is the guarded write."""
    if scene.side == 0:
        use(scene, scene.ticket, member=0)
    scene.meet()
    living = Use.objects.get(ticket=scene.ticket)
    with no_guard(), scene.meet_before(TicketQuerySet, "update"):
        undoing.undo(
            use_id=living.pk, partner_id=_partner(scene), actor=_member(scene.side), reason=Reason.OTHER
        )


def expired_over_a_use(scene: Scene) -> None:
    """The night writes what it has read, whatever a member has done since."""
    if scene.side == 0:
        scene.meet()
        use(scene, scene.ticket)
        scene.meet()
        return

    update = TicketQuerySet.update

    def write_what_was_read(due: TicketQuerySet, **fields: Any) -> int:
        if not due.filter(pk=scene.ticket).exists():
            return 0
        scene.meet()
        scene.meet()
        return update(Ticket.objects.filter(pk=scene.ticket), **fields)

    with patch.object(TicketQuerySet, "update", write_what_was_read):
        expiry.expire(today=days(500))


def use(scene: Scene, ticket: int, *, key: str = "", member: int | None = None, by_code: bool = True) -> None:
    using.use(
        ticket_id=ticket,
        code=Ticket.objects.get(pk=ticket).code if by_code else None,
        partner_id=_partner(scene),
        offer_id=scene.offer,
        actor=_member(scene.side if member is None else member),
        way=Way.TYPED if by_code else Way.LIST,
        key=uuid.UUID(key) if key else uuid.uuid4(),
    )


def _partner(scene: Scene) -> int:
    return Partner.objects.get(offers=scene.offer).pk


def _member(rank: int) -> User:
    return User.objects.get(username=list(MEMBERS)[rank])
