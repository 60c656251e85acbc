"""Read models of the directory."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple, Self

from django.db import DEFAULT_DB_ALIAS

from core.compiled_query import CompiledQuery
from core.spelling import french_order
from wallets.models import Kind

from .models import Offer, Partner


class Offered(NamedTuple):
    """What a family reads of an offer: a page of the directory shows forty."""

    kind: str
    activity: str

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)


@dataclass(frozen=True)
class ListedPartner:
    """An organisme, what it offers, and how many kilometres it is from where one asked, if one did."""

    partner: Partner
    offered: Sequence[Offered]
    kilometres: float | None = None
    # More than anybody reads in a list: the page of the organisme has them all.
    most: ClassVar[int] = 12

    def with_first(self, is_asked: Callable[[Offered], bool]) -> Self:
        """With the activities that were asked for before the others: a row tells `most` of them."""
        return replace(self, offered=sorted(self.offered, key=lambda offer: not is_asked(offer)))

    @property
    def activities_by_wallet(self) -> list[tuple[Kind, list[str]]]:
        """The activities that each wallet pays there, Sport first."""
        return [
            (kind, [offer.activity for offer in self.offered if offer.kind == kind])
            for kind in Kind
            if any(offer.kind == kind for offer in self.offered)
        ]


_offers_of = CompiledQuery(
    lambda day, partners: (
        Offer.objects.current_on(day)
        .filter(partner__pk__in=partners)
        .values_list("partner_id", "kind", "activity__name")
    )
)


def listed(partners: Iterable[Partner], *, on: dt.date, using: str = DEFAULT_DB_ALIAS) -> list[ListedPartner]:
    """These organismes with what they offer that day; one query reads the offers of all."""
    partners = list(partners)
    offers: defaultdict[int, list[Offered]] = defaultdict(list)
    for partner_id, kind, activity in _offers_of(on, [partner.pk for partner in partners], using=using):
        offers[partner_id].append(Offered(kind, activity))
    for offered in offers.values():
        offered.sort(key=lambda offer: (french_order(offer.activity), offer.kind))
    return [ListedPartner(partner, offers[partner.pk]) for partner in partners]
