"""Where a row that was merged leads to, and which ones lead to a row."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join


def merged_links(row: Any, merged: Iterable[Any]) -> str:
    """Where a row leads to; or which ones lead to it."""
    if row.merged_into:
        return format_html("fusionné dans {}", _link(row.merged_into))
    links = format_html_join(", ", "{}", ((_link(one),) for one in merged))
    return format_html("réunit aussi {}", links) if links else ""


def _link(row: Any) -> str:
    page = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{} ({})</a>', page, row, row.concerns)
