"""Who acts for the organismes of the small demonstration."""

from dataclasses import dataclass

from accounts.models import User
from partners import memberships
from partners.models import Offer, Partner, Role

SINGING = "MAITRISE STE MARIE D ANTONY"


@dataclass(frozen=True)
class Member:
    username: str
    role: Role
    # An organisme by its name, or by what it offers.
    partner: str = ""
    activity: str = ""


MEMBERS = [
    Member("guichet.test", Role.COUNTER, partner=SINGING),
    Member("responsable.test", Role.MANAGER, partner=SINGING),
    Member("danse.test", Role.MANAGER, activity="Danse"),
]


def load(users: dict[str, User]) -> None:
    for member in MEMBERS:
        partner = _partner(member)
        if not memberships.open_one(users[member.username], partner.pk):
            memberships.join(user_id=users[member.username].pk, partner_id=partner.pk, role=member.role)


def _partner(member: Member) -> Partner:
    if member.partner:
        return Partner.objects.filter(name=member.partner).earliest("pk")
    offer = Offer.objects.filter(activity__name__startswith=member.activity).exclude(partner__name=SINGING)
    return offer.select_related("partner").earliest("pk").partner
