"""A child, a guardian, and whom a line is like."""

from .rosters import LINA, plan

PAUL = {"last_name": "NGUYEN", "first_name": "Paul"}
EMAIL = {"email": "paul.n@famille.example"}


def line(**said):
    return LINA | {"Nom": "FAUVEL", "Prénom": "Zoé"} | said


def alike(*lines):
    return [told for _, _, told in plan(*lines).likenesses]
