"""Likeness of a child that an agent types to known children."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.identity import LONGEST_NUMBER, folded
from accounts.models import Beneficiary


def like(cleaned: dict[str, Any]) -> list[Beneficiary]:
    """Of the same number but for zeros; or of the same name, even swapped, and year."""
    number = cleaned["pupil_number"].lstrip("0")
    zeros = range(LONGEST_NUMBER - len(number) + 1)
    numbers = {"0" * count + number for count in zeros} - {cleaned["pupil_number"]}
    first, last = cleaned["first_name"], cleaned["last_name"]
    name = folded(first, last)
    by_name = [
        child
        for child in _near(cleaned, first, last)
        if {*folded(child.first_name, child.last_name)} == {*name}
    ]
    by_number = Beneficiary.objects.filter(pupil_number__in=numbers)
    return [*by_number.select_related("school"), *by_name][:5]


def _near(cleaned: dict[str, Any], first: str, last: str) -> QuerySet[Beneficiary]:
    """Those of the collège, whatever the accents; elsewhere, those who are written the same."""
    same = Q(first_name__iexact=first, last_name__iexact=last) | Q(
        first_name__iexact=last, last_name__iexact=first
    )
    near = Beneficiary.objects.filter(Q(school=cleaned["school"]) | same, birth_year=cleaned["birth_year"])
    return near.exclude(pupil_number=cleaned["pupil_number"]).select_related("school").order_by("pk")


def called(child: Beneficiary) -> str:
    left = "" if child.is_enrolled else ", non inscrit"
    return f"{child} (numéro {child.pupil_number}, {child.school}{left})"
