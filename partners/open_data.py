"""The directory as open data: CSV (RFC 4180) and GeoJSON (RFC 7946), in the fields of the Pass'Sport one."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.spreadsheets import plain

from .models import DirectoryVersion
from .reading import ListedPartner

# What each file was made of, and its bytes: one a process, like the index of the search. To make them takes
# 100 to 240 ms, and nobody has to come in to ask for them.
_kept: dict[str, tuple[str, bytes]] = {}


def edition(*, using: str) -> str:
    """Another one when the directory changes, and each day: affiliations begin and end."""
    return f"{DirectoryVersion.current(using=using)} {timezone.localdate()}"


def kept(name: str, make: Callable[[], bytes], *, using: str) -> bytes:
    """The file of that name as it is in this edition, made once."""
    # One transaction, so one server of those behind the pooler: none labels the rows of an older one as new.
    with transaction.atomic(using=using):
        this = edition(using=using)
        if _kept.get(name, ("",))[0] != this:
            _kept[name] = this, make()
    return _kept[name][1]


# Each column, and what its page says of it.
FIELDS = {
    "nom": "nom de l’organisme",
    "siret": "numéro SIRET, s’il est connu",
    "rna": "numéro au répertoire national des associations, s’il est connu",
    "adresse": "numéro et voie",
    "cp": "code postal",
    "commune": "nom de la commune",
    "code_insee": "code INSEE de la commune",
    "activites": "activités proposées",
    "porte_monnaie": "porte-monnaie acceptés\N{NO-BREAK SPACE}: Sport, Culture",
    "handicap": "oui si l’organisme accueille les personnes en situation de handicap, non sinon",
    "longitude": "en degrés, WGS 84",
    "latitude": "en degrés, WGS 84",
}


def as_csv(partners: Iterable[ListedPartner]) -> str:
    """Lists are joined by « | ». No cell is a formula. Semicolons and a byte order mark: a French Excel opens
    anything else in one column, with its accents broken.
    """
    file = io.StringIO()
    file.write("\N{BYTE ORDER MARK}")
    rows = csv.DictWriter(file, FIELDS, delimiter=";")
    rows.writeheader()
    rows.writerows({name: _cell(value) for name, value in _facts(partner).items()} for partner in partners)
    return file.getvalue()


def as_geojson(partners: Iterable[ListedPartner]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [_feature(partner) for partner in partners]}


def _feature(listed: ListedPartner) -> Mapping[str, Any]:
    facts = _facts(listed)
    position = [facts.pop("longitude"), facts.pop("latitude")]
    return {
        "type": "Feature",
        "id": listed.partner.pk,
        "geometry": {"type": "Point", "coordinates": position},
        "properties": facts,
    }


def _facts(listed: ListedPartner) -> dict[str, Any]:
    partner, offers = listed.partner, listed.offered
    latitude, longitude = partner.position
    return {
        "nom": partner.name,
        "siret": partner.siret,
        "rna": partner.rna,
        "adresse": partner.address,
        "cp": partner.postcode,
        "commune": partner.commune.name,
        "code_insee": partner.commune_id,
        "activites": list(dict.fromkeys(offer.activity for offer in offers)),
        "porte_monnaie": sorted({offer.kind_label for offer in offers}, reverse=True),
        "handicap": partner.accessible,
        "longitude": longitude,
        "latitude": latitude,
    }


def _cell(value: str | list[str] | bool | float) -> str | float:  # noqa: FBT001 – a cell may be a yes or a no
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return value
    return plain(value if isinstance(value, str) else " | ".join(value))
