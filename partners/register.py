"""The State's register of establishments, if `services.toml` names it: what it knows of a SIRET.

As the API « Recherche d’entreprises » answers (recherche-entreprises.api.gouv.fr), which asks for no key.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from core import asking, typed_text

from .official_numbers import compact

# What the register calls an establishment that is open.
OPEN = "A"
# Of its legal categories (Insee): associations begin with 92, public bodies with 4 and 7.
ASSOCIATION, PUBLIC = ("92",), ("4", "7")


@dataclass(frozen=True)
class Registered:
    """Texts are as long as the register likes."""

    name: str
    is_open: bool
    legal_form: str
    rna: str
    address: str
    postcode: str
    insee_code: str


def find(siret: str) -> Registered | None:
    """None without a register, from one that does not know it, and from one that does not answer."""
    service = settings.SERVICES.get("register")
    if not service:
        return None
    try:
        return _registered(asking.ask(service["address"], {"q": siret, "per_page": "1"}), siret)
    except asking.NoAnswer:
        return None


def _registered(answer: Any, siret: str) -> Registered | None:
    """Raises NoAnswer: it is not as the register answers."""
    try:
        for body in answer["results"]:
            for place in body["matching_etablissements"]:
                if place["siret"] == siret:
                    return _of(body, place)
    except (LookupError, TypeError, AttributeError) as wrong:
        raise asking.NoAnswer from wrong
    return None


def _of(body: dict[str, Any], place: dict[str, Any]) -> Registered:
    category, postcode = body["nature_juridique"] or "", place["code_postal"] or ""
    more = body.get("complements") or {}
    return Registered(
        name=typed_text.line(
            place.get("nom_commercial") or body["nom_raison_sociale"] or body["nom_complet"]
        ),
        is_open=OPEN == body["etat_administratif"] == place["etat_administratif"],
        legal_form=_legal_form(category),
        rna=compact(more.get("identifiant_association") or ""),
        address=typed_text.line((place["adresse"] or "").partition(postcode or "\0")[0]),
        postcode=postcode,
        insee_code=place["commune"] or "",
    )


def _legal_form(category: str) -> str:
    """A value of `applications.LegalForm`."""
    if category.startswith(ASSOCIATION):
        return "association"
    return "public" if category.startswith(PUBLIC) else "company"
