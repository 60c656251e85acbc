"""The order in which a collège hands letters out."""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import QuerySet

from core.spelling import simplified

from .invitations import WHOLE, Choice
from .models import Beneficiary, Guardianship, User

# What letters are handed out by: who has left the collège is not there.
PLACE = ("is_enrolled", "school.name", "school_id", "grade", "last_name", "first_name")
OF_A_CHILD = attrgetter(*PLACE)


class Handed(NamedTuple):
    """To which child an account's letter is given, if it has one."""

    user_id: int
    child_id: int = 0
    school: str = ""
    uai: str = ""
    grade: str = ""


def in_handing_order(users: QuerySet[User], choice: Choice = WHOLE) -> list[Handed]:
    """As a collège hands the letters out; an account that has children there goes where the first is.

    In memory: the two databases do not sort accents alike, and neither as French does.
    """
    columns = [name.replace(".", "__") for name in PLACE]
    own = Beneficiary.objects.filter(user__in=users, **choice.children)
    guarded = Guardianship.objects.filter(
        user__in=users, **{f"beneficiary__{name}": value for name, value in choice.children.items()}
    )
    places: dict[int, tuple[tuple[Any, ...], Handed]] = {}
    for pk, child, *told in chain(
        own.values_list("user", "pk", *columns),
        guarded.values_list("user", "beneficiary", *(f"beneficiary__{column}" for column in columns)),
    ):
        _, school, uai, grade, *_ = told
        place = (place_of(told), Handed(pk, child, school, uai, grade))
        places[pk] = min(place, places.get(pk, place))
    ids = users.order_by("pk").values_list("pk", flat=True)
    at_last = [Handed(pk) for pk in ids if pk not in places]
    return [*(handed for _, handed in sorted(places.values())), *at_last]


def place_of(told: Sequence[Any]) -> tuple[Any, ...]:
    """Of what PLACE says."""
    is_enrolled, school, uai, grade, last_name, first_name = told
    level = -int(grade or 0)
    return not is_enrolled, simplified(school), uai, level, simplified(last_name), simplified(first_name)
