"""The rows of a family's page, each with what this agent may do to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.admin import AdminSite
from django.http import HttpRequest

from backoffice.acts.pages import ActsAdmin, Button
from backoffice.acts.proposals import Living
from wallets.models import Wallet

from .reading import Family

# Nobody asks for them on the telephone.
OF_AGENTS = {"role-d-agent", "second-facteur"}


@dataclass(frozen=True)
class Row:
    """A row of one of its tables, with what this agent may do to it."""

    row: Any
    buttons: Sequence[Button]


def wallets_of(site: AdminSite, request: HttpRequest, family: Family, living: Living) -> Iterator[Row]:
    found = rows(site, request, Wallet, [one.wallet for one in family.wallets], living)
    for one, row in zip(family.wallets, found, strict=True):
        yield Row(one, row.buttons)


def rows(
    site: AdminSite, request: HttpRequest, model: type, rows: Sequence[Any], living: Living
) -> Iterator[Row]:
    """With what the page of each offers this agent, but for what nothing brings back: that is done there.

    Nothing, where the agent may not look at such rows.
    """
    of_model = cast(ActsAdmin, site.get_model_admin(model))
    if of_model.has_view_permission(request):
        for row in rows:
            offered = of_model.buttons(request, row, living, final=False)
            useful = (it for it in offered if not (it.idle or it.name in OF_AGENTS))
            yield Row(row, list(useful))
