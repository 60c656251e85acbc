"""A value that is none breaks no list of the administration."""

import pytest

from . import rights
from .lists import REGISTRY, address, shown

pytestmark = pytest.mark.django_db
DATED = [model for model, kind in REGISTRY.items() if kind.date_hierarchy]
ODD = ["9999", "0", "-1", "99999", "99999999999999999999", "x", "", "²"]


@pytest.mark.parametrize("model", DATED, ids=lambda model: model._meta.label_lower)
@pytest.mark.parametrize("part", ["year", "month", "day"])
@pytest.mark.parametrize("odd", ODD)
def test_a_date_that_is_none_leads_back_to_the_list(world, model, part, odd):
    """cases 41: `?at__year=9999` was a 500."""
    name = REGISTRY[model].date_hierarchy
    asked = {f"{name}__year": "2026", f"{name}__month": "9", f"{name}__day": "1", f"{name}__{part}": odd}
    response = world.client(rights.ADMINISTRATOR).get(address(model), asked)

    assert (response.status_code, response.headers.get("Location")) == (302, f"{address(model)}?e=1")


def test_there_are_lists_with_dates():
    assert len(DATED) >= 2


@pytest.mark.parametrize("odd", ["99999999999999999999", "1e999", "-1", "x" * 3000])
@pytest.mark.parametrize("model", REGISTRY, ids=lambda model: model._meta.label_lower)
def test_no_value_breaks_a_list(world, model, odd):
    """cases 41, its kind: whatever the address says, the list or the way back to it."""
    client, kind = world.client(rights.reader_of(model)), REGISTRY[model]
    for asked in [*shown(kind), "q", "p", "o", "all", "e"]:
        if REGISTRY[model].lookup_allowed(asked, odd) or asked in {"q", "p", "o", "all", "e"}:
            assert client.get(address(model), {asked: odd}).status_code in {200, 302}, asked
