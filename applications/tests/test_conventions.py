"""The versions of the convention: one is in force, and what was stays as it is."""

from contextlib import nullcontext

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.tests.factories import make_agent
from applications import conventions
from applications.exceptions import ConventionMoved
from applications.models import Convention, ConventionState
from core.append_only import AppendOnly

from .conventions import make_convention, make_in_force

pytestmark = pytest.mark.django_db


def test_one_replaces_the_other():
    agent, first, second = make_agent(), make_convention("1"), make_convention("2")

    assert conventions.put_in_force(convention_id=first.pk, actor=agent) is None
    assert conventions.put_in_force(convention_id=second.pk, actor=agent) == first
    assert conventions.in_force() == second
    first.refresh_from_db()
    assert first.state == ConventionState.ENDED
    assert first.ended_at


def test_what_was_retired_comes_back():
    version = make_in_force()
    conventions.end(convention_id=version.pk)
    assert conventions.in_force() is None

    conventions.put_in_force(convention_id=version.pk, actor=make_agent())
    version.refresh_from_db()
    assert (version.state, version.ended_at) == (ConventionState.IN_FORCE, None)


def test_what_happened_meanwhile_is_said():
    version = make_in_force()
    with pytest.raises(ConventionMoved):
        conventions.put_in_force(convention_id=version.pk, actor=make_agent())
    conventions.end(convention_id=version.pk)
    with pytest.raises(ConventionMoved):
        conventions.end(convention_id=version.pk)
    with pytest.raises(ConventionMoved):
        conventions.put_in_force(convention_id=0, actor=make_agent())


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("has_a_text", {"text": ""}),
        ("has_a_text", {"title": ""}),
        ("in_force_means_dated", {"state": ConventionState.IN_FORCE}),
        ("in_force_means_dated", {"in_force_at": timezone.now()}),
        ("ended_means_dated", {"ended_at": timezone.now()}),
    ],
)
def test_the_database_refuses(refused_by, constraint, fields):
    make_convention()
    with refused_by(f"applications_convention_{constraint}"):
        Convention.objects.update(**fields)


def test_an_unknown_state(refused_by):
    make_in_force()
    with refused_by("applications_convention_state_is_known"):
        Convention.objects.update(state="x")


def test_two_in_force(refused_by):
    first, second = make_in_force("1"), make_convention("2")
    dated = {"in_force_at": timezone.now(), "in_force_by": first.in_force_by}
    with refused_by("applications_convention_one_in_force"):
        Convention.objects.filter(pk=second.pk).update(state=ConventionState.IN_FORCE, **dated)


def test_two_of_one_name(refused_by):
    make_convention("1")
    with refused_by("applications_convention_title_once"):
        make_convention("1")


def test_a_draft_is_changed_and_deleted():
    version = make_convention()
    version.text = "Autre."
    version.save(update_fields=["text"])
    Convention.objects.update(title="Autre")
    version.delete()

    assert not Convention.objects.exists()


@pytest.mark.parametrize("is_ended", [False, True])
@pytest.mark.parametrize(
    "change",
    [
        lambda version: version.save(),
        lambda version: version.save(update_fields=["text"]),
        lambda version: version.delete(),
        lambda version: Convention.objects.update(title="Autre"),
        lambda version: Convention.objects.all().delete(),
    ],
    ids=["save", "save the text", "delete", "update", "delete all"],
)
def test_the_model_refuses_a_change(change, is_ended):
    version = make_in_force()
    if is_ended:
        conventions.end(convention_id=version.pk)
        version.refresh_from_db()
    with pytest.raises(AppendOnly):
        change(version)


@pytest.mark.parametrize(
    "change", ["UPDATE {} SET text = 'x'", "UPDATE {} SET title = 'x'", "DELETE FROM {}"]
)
def test_postgresql_refuses_it_too(change):
    """On SQLite the model alone does."""
    version = make_in_force()
    guarded = connection.vendor == "postgresql"
    expected = (
        pytest.raises(IntegrityError, match="applications_convention_stays") if guarded else nullcontext()
    )
    with expected, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(Convention._meta.db_table))

    assert Convention.objects.filter(title=version.title, text=version.text).exists() == guarded


def test_who_wants_to_be_a_partner_reads_the_one_in_force(client):
    make_convention("2", text="# Un brouillon")
    assert "Un brouillon" not in client.get("/devenir-partenaire/").text
    make_in_force("1", text="# Nos engagements\n\nLe *club* s’engage.")

    page = client.get("/devenir-partenaire/").text
    assert "<h4>Nos engagements</h4>" in page
    assert "Le <em>club</em> s’engage." in page
    assert "Un brouillon" not in page
