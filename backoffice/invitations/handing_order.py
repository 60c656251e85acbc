"""The order in which a collège hands letters out."""

from itertools import chain
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from accounts.models import Beneficiary, Guardianship, User
from core.spelling import simplified

# What letters are handed out by.
PLACE = ("school.name", "school_id", "grade", "last_name", "first_name")
OF_A_CHILD = attrgetter(*PLACE)


def in_handing_order(users: QuerySet[User]) -> list[int]:
    """Their ids, as a collège hands the letters out; an account that has children goes where the first is.

    In memory: the two databases do not sort accents alike, and neither as French does.
    """
    columns = [name.replace(".", "__") for name in PLACE]
    own = Beneficiary.objects.filter(user__in=users).values_list("user", *columns)
    guarded = Guardianship.objects.filter(user__in=users).values_list(
        "user", *(f"beneficiary__{column}" for column in columns)
    )
    places: dict[int, tuple[Any, ...]] = {}
    for pk, *told in chain(own, guarded):
        place = place_of(*told)
        places[pk] = min(place, places.get(pk, place))
    ids = users.order_by("pk").values_list("pk", flat=True)
    return sorted(ids, key=lambda pk: (pk not in places, places.get(pk, ()), pk))


def place_of(school: str, uai: str, grade: str, last_name: str, first_name: str) -> tuple[Any, ...]:
    return simplified(school), uai, -int(grade), simplified(last_name), simplified(first_name)
