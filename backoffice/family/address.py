"""Where the page of a child's family is."""

from django.urls import reverse

NAME = "accounts_beneficiary_famille"


def family_page(child_id: int) -> str:
    return reverse(f"admin:{NAME}", args=[child_id])
