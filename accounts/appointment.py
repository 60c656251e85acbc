"""Who is an agent, and with which role. Nobody appoints alone: a second account would confirm what one agent
proposes.
"""

from django.contrib.auth.models import Group
from django.db import transaction

from . import mail
from .exceptions import SameRole
from .models import User
from .proposals import CONFIRMED, Proposal

NO_ROLE = "aucun"


def role_of(user: User) -> str:
    roles = user.groups.order_by("name").values_list("name", flat=True)
    return ", ".join(roles) if user.is_staff and roles else NO_ROLE


def takes_two(user: User) -> bool:
    """Not while a site begins, where one agent is there to appoint the next.

    An agent whose account is closed counts, and so does whatever two agents ever did: nobody gets alone again
    by sending the others away.
    """
    others = User.objects.filter(is_staff=True).exclude(pk=user.pk)
    return others.count() > 1 or Proposal.objects.filter(state__in=CONFIRMED, alone=False).exists()


def roles() -> list[str]:
    return [*Group.objects.order_by("name").values_list("name", flat=True), NO_ROLE]


@transaction.atomic
def appoint(*, user_id: int, role: str) -> str:
    """Give the account this one role, or NO_ROLE; return the role before.

    An agent is told where to come in. Locks the account. Raises SameRole.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    before = role_of(user)
    if before == role:
        raise SameRole
    User.objects.filter(pk=user.pk).update(is_staff=role != NO_ROLE)
    user.groups.set(Group.objects.filter(name=role))
    if role != NO_ROLE:
        mail.appointed(user, role)
    return before
