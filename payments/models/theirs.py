"""Whose rows are an organisme's."""

from django.db.models import Q


def of_organisme(partner_id: int, path: str = "partner") -> Q:
    """Its own, and those of the organismes that were merged into it."""
    return Q(**{path: partner_id}) | Q(**{f"{path}__merged_into": partner_id})
