"""No list of the administration answers a question about a column that it does not show."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Field, Model
from django.urls import reverse

from backoffice import roles
from backoffice.base.model_admin import BaseAdmin

from . import rights

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LOOKUPS = ("startswith", "regex", "isnull", "in", "gte")
REGISTRY: dict[type[Model], Any] = admin.site._registry


def address(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def questions(model: type[Model]) -> Iterator[str]:
    """About each column of the list's table, and each of the tables that it is related to."""
    fields = [field for field in model._meta.get_fields() if isinstance(field, Field)]
    for field in fields:
        yield from _asked_of(field.name, LOOKUPS)
    for relation in model._meta.get_fields():
        if relation.related_model:
            others = relation.related_model._meta.get_fields()
            for field in (field for field in others if isinstance(field, Field)):
                yield from _asked_of(f"{relation.name}__{field.name}", ("regex",))


def _asked_of(name: str, lookups: Iterable[str]) -> Iterator[str]:
    yield name
    yield from (f"{name}__{lookup}" for lookup in lookups)


def shown(model_admin: Any) -> set[str]:
    """What the filters of the list ask, written here anew: the control of `lookup_allowed`."""
    key = model_admin.opts.pk.name
    asked = {key, *model_admin.linked_by}
    for one in model_admin.list_filter:
        if isinstance(one, str | tuple):
            name = one if isinstance(one, str) else one[0]
            asked |= {name, f"{name}__isnull"}
            asked |= {f"{name}__{part}" for part in ("id", "insee_code")}
        else:
            asked.add(one.parameter_name)
    return asked


@pytest.mark.parametrize("persona", roles.ROLES)
@pytest.mark.parametrize("model", REGISTRY, ids=lambda model: model._meta.label_lower)
def test_by_no_column_that_it_does_not_show(world, persona, model):
    """security.md F1: a password's hash, a queued message, a ticket's code were read letter by letter."""
    client, answered = world.client(persona), []
    for question in set(questions(model)) - shown(REGISTRY[model]):
        response = client.get(address(model), {question: "1"})
        # Refused as such; or who may not see the list at all.
        if response.status_code not in {400, 403}:
            answered.append(question)

    assert answered == []


@pytest.mark.parametrize(
    "asked",
    [
        "accounts/user/?password__regex=^argon2",
        "accounts/user/?session_salt__startswith=a",
        "tickets/ticket/?code__regex=^A",
        "core/outgoingmail/?message__regex=a",
        "backoffice/import/?content__startswith=a",
        "accounts/user/?_popup=1&_to_field=session_salt",
        "accounts/beneficiary/?_popup=1&_to_field=pupil_number",
    ],
)
def test_of_an_administrator_neither(world, asked):
    """security.md F1: the very questions that were asked."""
    assert world.client(rights.ADMINISTRATOR).get(f"/admin/{asked}").status_code == 400


@pytest.mark.parametrize(
    "asked",
    [
        "accounts/user/?is_active__exact=1&groups__id__exact=1&activation=jamais",
        "tickets/ticket/?etat=unused&wallet__kind__exact=sport&wallet__campaign__id__exact=1",
        "tickets/ticket/?offer__partner__commune__insee_code__exact=92002",
        "accounts/auditentry/?at__year=2026&at__month=9&at__day=1&action__exact=correction",
        "backoffice/import/?stage__exact=ready",
        "partners/suggestion/?handled__exact=0",
        "content/article/?etat=publie&pinned__exact=1&publish_at__year=2026",
    ],
)
def test_the_filters_of_the_lists_still_answer(world, asked):
    response = world.client(rights.ADMINISTRATOR).get(f"/admin/{asked}")

    assert response.status_code == 200
    # What Django finds no sense in is sent back with this mark.
    assert "e=1" not in response.headers.get("Location", "")


def test_every_admin_class_derives_from_ours():
    """security.md F1: who writes a new one cannot forget it."""
    stray = [kind for kind in REGISTRY.values() if not isinstance(kind, BaseAdmin)]

    assert stray == []
    # What a class puts before ours in its bases must not answer instead of it.
    for kind in REGISTRY.values():
        assert type(kind).lookup_allowed is BaseAdmin.lookup_allowed is not ModelAdmin.lookup_allowed
        assert type(kind).to_field_allowed is BaseAdmin.to_field_allowed


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
    client, kind = world.client(rights.ADMINISTRATOR), REGISTRY[model]
    for asked in [*shown(kind), "q", "p", "o", "all", "e"]:
        if REGISTRY[model].lookup_allowed(asked, odd) or asked in {"q", "p", "o", "all", "e"}:
            assert client.get(address(model), {asked: odd}).status_code in {200, 302}, asked
