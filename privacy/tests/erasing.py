"""The page « Effacer » of a child or an account."""

from django.urls import reverse

WHY = "Courrier du 3 novembre"


def address(row):
    return reverse(f"admin:accounts_{row._meta.model_name}_effacer", args=[row.pk])


def is_gone(row):
    row.refresh_from_db()
    return bool(row.anonymised_at)
