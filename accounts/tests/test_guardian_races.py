"""Two agents, or an agent and a guardian, at the same instant."""

import pytest
from django.db import connection
from django.test import Client

from accounts import child_logins, guardianship, mail, services
from accounts.models import Beneficiary, Guardianship
from accounts.tests.factories import make_beneficiary, make_user

pytestmark = pytest.mark.django_db(transaction=True)
# SQLite queues those who write: there the lock takes nothing away.
on_postgresql = connection.vendor == "postgresql"


def without_the_lock(monkeypatch):
    monkeypatch.setattr(guardianship, "_lock", lambda pk: Beneficiary.objects.get(pk=pk))


@pytest.mark.parametrize(
    ("locked", "outcomes"),
    [
        pytest.param(True, ["LastGuardian", "done"], id="the second one sees that nobody else is left"),
        pytest.param(
            False, ["done", "done"] if on_postgresql else ["LastGuardian", "done"], id="without the lock"
        ),
    ],
)
def test_two_agents_remove_one_guardian_each(at_once, meeting_before, monkeypatch, locked, outcomes):
    """admin.md 18: the child keeps one, unless somebody said that it shall have none."""
    mother, father = make_user(), make_user()
    child = make_beneficiary(mother, father)
    # Whoever tells the others has read who they are.
    meeting_before(mail, "guardians_changed", sure=on_postgresql and not locked)
    if not locked:
        without_the_lock(monkeypatch)

    removed = [
        lambda pk=guardian.pk: guardianship.remove(beneficiary_id=child.pk, user_id=pk)
        for guardian in (mother, father)
    ]
    assert at_once(*removed) == outcomes
    assert Guardianship.objects.count() == outcomes.count("LastGuardian")


def test_who_is_removed_makes_the_childs_login_at_that_instant(at_once, meeting_before):
    """security.md F5: made first, it is closed; made after, it is refused."""
    father = make_user()
    child = make_beneficiary(make_user(), father)
    links = []
    meeting_before(services, "end_sessions")

    outcomes = at_once(
        lambda: guardianship.remove(beneficiary_id=child.pk, user_id=father.pk),
        lambda: links.append(child_logins.make_child_login(beneficiary_id=child.pk, actor=father)[1]),
    )

    assert outcomes == (["done", "done"] if links else ["NoSuchGuardian", "done"])
    for link in links:
        assert not Client().get(link, follow=True).context["validlink"]
