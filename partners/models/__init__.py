"""Communes, affiliated organismes, offers."""

from .activity import Activity
from .directory_version import DirectoryVersion
from .former_name import FormerName
from .invitation import Invitation, InvitationQuerySet, new_link_key
from .membership import Membership, MembershipQuerySet, Role
from .offer import Offer, OfferQuerySet
from .partner import Partner, PartnerQuerySet
from .place import Commune
from .suggestion import Suggestion
from .synonym import Synonym

__all__ = [
    "Activity",
    "Commune",
    "DirectoryVersion",
    "FormerName",
    "Invitation",
    "InvitationQuerySet",
    "Membership",
    "MembershipQuerySet",
    "Offer",
    "OfferQuerySet",
    "Partner",
    "PartnerQuerySet",
    "Role",
    "Suggestion",
    "Synonym",
    "new_link_key",
]
