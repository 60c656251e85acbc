"""The services of others that the site asks: `services.toml` beside `.env`. Without it, it asks none.

A file of its own, which only the service reads: unlike `brand.toml`, it holds secrets.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

OPENID = frozenset({"issuer", "client_id", "client_secret"})
KNOWN = {
    "franceconnect": OPENID,
    "proconnect": OPENID,
    "register": frozenset({"address"}),
    "geocoder": frozenset({"address"}),
}


def read(path: Path, *, is_trial: bool) -> dict[str, Mapping[str, str]]:
    """What it says of each service that it names. Raises ImproperlyConfigured: half a service is a mistake.

    `is_trial`: a service of this machine may be asked in clear.
    """
    if not path.is_file():
        return {}
    try:
        services: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as trouble:
        raise ImproperlyConfigured(f"{path.name} ne se lit pas : {trouble}.") from trouble
    for name, said in services.items():
        if name not in KNOWN:
            raise ImproperlyConfigured(f"{path.name} : [{name}] n’existe pas (voir services.example.toml).")
        if not isinstance(said, dict) or said.keys() != KNOWN[name]:
            raise ImproperlyConfigured(f"{path.name} : sous [{name}], {', '.join(sorted(KNOWN[name]))}.")
        if not all(isinstance(value, str) and value for value in said.values()):
            raise ImproperlyConfigured(f"{path.name} : sous [{name}], chaque valeur entre guillemets.")
        if urlsplit(_address_of(said)).scheme != "https" and not is_trial:
            raise ImproperlyConfigured(f"{path.name} : l’adresse de [{name}] commence par https://.")
    return services


def _address_of(said: Mapping[str, str]) -> str:
    return said.get("issuer") or said["address"]


def openid_origins(services: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What the pages may send a form on to."""
    parts = [urlsplit(said["issuer"]) for said in services.values() if "issuer" in said]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts})
