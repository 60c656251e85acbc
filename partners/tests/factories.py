"""Organismes for tests."""

import datetime as dt
from itertools import count
from typing import Any

from partners.models import Activity, Commune, Offer, Partner
from partners.services import directory_changed
from wallets.models import Kind

_numbers = count(1)


def make_commune(insee_code: str = "92002", name: str = "Antony") -> Commune:
    commune, _ = Commune.objects.get_or_create(
        insee_code=insee_code,
        defaults={"name": name, "postcode": "92160", "latitude": "48.75", "longitude": "2.299"},
    )
    return commune


def make_partner(name: str = "", *, commune: Commune | None = None, **fields: Any) -> Partner:
    fields.setdefault("affiliated_from", dt.date(2020, 9, 1))
    name = name or f"ORGANISME {next(_numbers)}"
    partner = Partner.objects.create(name=name, commune=commune or make_commune(), **fields)
    directory_changed()
    return partner


def make_offer(
    activity: str = "Chant choral", kind: Kind = Kind.CULTURE, *, partner: Partner | None = None
) -> Offer:
    found, _ = Activity.objects.get_or_create(name=activity)
    offer = Offer.objects.create(partner=partner or make_partner(), activity=found, kind=kind)
    directory_changed()
    return offer
