"""No list of the administration answers a question about a column that it does not show."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

import pytest
from django.contrib.admin import ModelAdmin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.core.exceptions import PermissionDenied
from django.db.models import Field, Model

from accounts.models import User
from backoffice import roles
from backoffice.base.model_admin import BaseAdmin

from . import rights
from .lists import REGISTRY, address, shown

pytestmark = pytest.mark.django_db
LOOKUPS = ("startswith", "regex", "isnull", "in", "gte")


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


@pytest.mark.parametrize("persona", roles.ROLES)
@pytest.mark.parametrize("model", REGISTRY, ids=lambda model: model._meta.label_lower)
def test_by_no_column_that_it_does_not_show(world, rf, persona, model):
    """security.md F1: a password's hash, a queued message, a ticket's code were read letter by letter.

    The list is asked itself: six thousand pages would say the same in a minute.
    """
    answered = []
    for question in set(questions(model)) - shown(REGISTRY[model]):
        request = rf.get(address(model), {question: "1"})
        request.user = world.people[persona]
        # Refused as such; or who may not see the list at all.
        with suppress(DisallowedModelAdminLookup, PermissionDenied):
            REGISTRY[model].changelist_view(request)
            answered.append(question)

    assert answered == []


@pytest.mark.parametrize("persona", roles.ROLES)
def test_the_control_what_it_shows_is_answered(world, rf, persona):
    request = rf.get(address(User), {"is_active__exact": "1"})
    request.user = world.people[persona]

    assert REGISTRY[User].changelist_view(request).status_code == 200


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
