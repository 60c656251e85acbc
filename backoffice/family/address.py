"""Where the page of a child's family is."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import Beneficiary

NAME = "accounts_beneficiary_famille"


def family_page(child_id: int) -> str:
    return reverse(f"admin:{NAME}", args=[child_id])


def family_link(child: Beneficiary) -> SafeString:
    return format_html('<a href="{}">{}</a>', family_page(child.pk), child.full_name)
