"""A child of last year that this year's lists have not brought: its guardian enrols it again, on one page."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.models import Beneficiary, Grade, User
from partners.models import Commune
from wallets.models import Wallet

from .enrolling import campaigns_of

# The class that comes after; after the last one no collège does.
NEXT = dict(zip([*Grade][:-1], [*Grade][1:], strict=True))


def to_renew(user: User, day: dt.date) -> QuerySet[Beneficiary]:
    """The children it guards that had wallets before the campaign in which children are enrolled that day,
    and have none of it.
    """
    current = campaigns_of(day)
    standing = Wallet.objects.filter(beneficiary=OuterRef("pk"), undone_at=None)
    before = standing.filter(campaign__opens_on__lt=Subquery(current.values("opens_on")))
    of_this_one = standing.filter(campaign=Subquery(current.values("pk")))
    guarded = Beneficiary.objects.accessible_to(user).filter(guardianships__user=user)
    return guarded.filter(Exists(before), ~Exists(of_this_one))


def offered(user: User, day: dt.date) -> dict[int, str]:
    """Of each child to renew, the name of that campaign."""
    children = to_renew(user, day).annotate(renewed_in=Subquery(campaigns_of(day).values("name")))
    return dict(children.values_list("pk", "renewed_in"))


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
