"""A child of last year that this year's lists have not brought: its guardian enrols it again, on one page."""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Beneficiary, Grade, User
from partners.models import Commune
from wallets.models import Campaign, Wallet

# The class that comes after; after the last one no collège does.
NEXT = dict(zip([*Grade][:-1], [*Grade][1:], strict=True))


def to_renew(user: User, campaign: Campaign) -> QuerySet[Beneficiary]:
    """The children it guards that had wallets before this campaign, and have none of it."""
    standing = Wallet.objects.filter(beneficiary=OuterRef("pk"), undone_at=None)
    before = standing.filter(campaign__opens_on__lt=campaign.opens_on)
    guarded = Beneficiary.objects.accessible_to(user).filter(guardianships__user=user)
    return guarded.filter(Exists(before), ~Exists(standing.filter(campaign=campaign)))


def prefilled(child: Beneficiary) -> dict[str, object]:
    """What is likely of it this year, for its family to confirm or correct."""
    is_listed = Commune.objects.filter(pk=child.insee_code).exists()
    return {
        "school": child.school_id,
        "grade": NEXT.get(Grade(child.grade), ""),
        "insee_code": child.insee_code if is_listed else "",
    }


def said_of(child: Beneficiary) -> dict[str, object]:
    """The columns of `Newcomer` that are known, and that no family changes."""
    return {name: getattr(child, name) for name in ("first_name", "last_name", "birth_year")}
