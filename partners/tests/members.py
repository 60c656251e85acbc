"""Members of organismes for tests."""

from accounts.models import User
from accounts.tests.factories import make_user
from partners import memberships
from partners.models import Membership, Partner, Role


def make_member(partner: Partner, role: Role = Role.COUNTER, *, user: User | None = None) -> Membership:
    return memberships.join(
        user_id=(user or make_user(first_name="Sophie", last_name="Martin")).pk,
        partner_id=partner.pk,
        role=role,
    )
