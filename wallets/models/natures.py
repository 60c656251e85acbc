"""The natures of ledger entries, and which ones reverse which."""

from django.db import models

# The keys of what is granted once, until it is taken back: then « formule-2 » follows « formule ».
FORMULA_GRANT = "formule"
SUPPLEMENT = "supplément"


def numbered(key: str, number: int) -> str:
    return key if number == 1 else f"{key}-{number}"


def is_numbered(grant_key: str, key: str) -> bool:
    return grant_key == key or grant_key.startswith(f"{key}-")


class Nature(models.TextChoices):
    GRANT = "grant", "Dotation"
    SPENDING = "spending", "Dépense"
    RETURN = "return", "Remboursement"
    CORRECTION = "correction", "Correction"
    LAPSE = "lapse", "Crédit non utilisé"
    UNDONE = "undone", "Dotation retirée"
    REVIVED = "revived", "Crédit rétabli"


# Each opposite entry, and what it is the opposite of.
REVERSES = {
    Nature.RETURN: [Nature.SPENDING],
    Nature.UNDONE: [Nature.GRANT, Nature.CORRECTION],
    Nature.REVIVED: [Nature.LAPSE],
}
# The label of what lapsed because a family asked to be erased.
GIVEN_UP = "Crédit abandonné, effacement demandé"
