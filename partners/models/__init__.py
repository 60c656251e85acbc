"""Communes, affiliated organismes, offers."""

from .activity import Activity
from .directory_version import DirectoryVersion
from .former_name import FormerName
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
    "Membership",
    "MembershipQuerySet",
    "Offer",
    "OfferQuerySet",
    "Partner",
    "PartnerQuerySet",
    "Role",
    "Suggestion",
    "Synonym",
]
