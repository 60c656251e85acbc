"""Where an address is, if `services.toml` names a geocoder.

As that of the Géoplateforme answers (data.geopf.fr/geocodage/search), without a key; or an addok.
"""

import math
from decimal import Decimal
from typing import Any

from django.conf import settings

from core import asking

# From 0 to 1, what the geocoder thinks of its own answer; below, it is another street.
LIKELY = 0.5
# It knows the town and nothing more: its centre is where we show it anyway.
NOWHERE = {"municipality"}
SIX_PLACES = Decimal("0.000001")

# Latitude and longitude, in degrees.
Point = tuple[Decimal, Decimal]


def is_there() -> bool:
    return "geocoder" in settings.SERVICES


def find(*, address: str, postcode: str, commune: str, insee_code: str) -> Point | None:
    """None where it knows no such address in that commune. Raises NoAnswer."""
    asked = {"q": f"{address} {postcode} {commune}", "citycode": insee_code, "limit": "1"}
    answer = asking.ask(settings.SERVICES["geocoder"]["address"], asked)
    try:
        for feature in answer["features"]:
            said = feature["properties"]
            is_ours = said["citycode"] == insee_code and said["type"] not in NOWHERE
            if is_ours and float(said["score"]) >= LIKELY:
                return _point(feature["geometry"]["coordinates"])
    except (LookupError, TypeError, ValueError, AttributeError) as wrong:
        raise asking.NoAnswer from wrong
    return None


def _point(coordinates: Any) -> Point:
    """GeoJSON says the longitude first. Raises ValueError, TypeError."""
    longitude, latitude = map(float, coordinates)
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise ValueError(coordinates)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValueError(coordinates)
    return Decimal(latitude).quantize(SIX_PLACES), Decimal(longitude).quantize(SIX_PLACES)
