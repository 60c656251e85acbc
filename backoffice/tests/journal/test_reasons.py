"""Who changes the way into an account says why."""

import pytest
from django.contrib.auth.models import Group

from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_user

from .edits import edit, page_of

pytestmark = pytest.mark.django_db


def test_of_an_account(client, agent):
    """admin.md 14, security.md F10: an e-mail was changed without a line, a value, a reason."""
    camille = make_user("camille", city="Antony")
    line = edit(client, camille, email="autre@famille.example", city="Sceaux", reason="Courrier du 3 mars")

    assert (line.action, line.actor, line.reason) == (Action.CHANGED, agent, "Courrier du 3 mars")
    assert (line.subject, line.concerns) == ("Compte camille", "camille")
    assert line.changes == [
        ["Adresse e-mail", "camille@famille.example", "autre@famille.example"],
        ["Ville", "Antony", "Sceaux"],
    ]


@pytest.mark.parametrize(("field", "value"), [("email", "autre@famille.example"), ("username", "camille.2")])
@pytest.mark.usefixtures("agent")
def test_who_changes_the_way_into_an_account_says_why(client, field, value):
    """security.md F10: milder acts ask why."""
    camille = make_user("camille")
    response = client.post(page_of(camille), {"username": "camille", "email": camille.email} | {field: value})

    assert "Dites pourquoi" in response.text
    camille.refresh_from_db()
    assert camille.username == "camille"
    assert not AuditEntry.objects.exists()


@pytest.mark.usefixtures("agent")
def test_whoever_changes_the_rest_need_not(client):
    line = edit(client, make_user("camille"), phone="06 12 34 56 78")

    assert (line.action, line.reason) == (Action.CHANGED, "")


def test_who_only_looks_is_asked_nothing(client, enter):
    adviser = make_user("adviser", is_staff=True)
    adviser.groups.add(Group.objects.get(name="téléconseiller"))
    enter(adviser)
    page = client.get(page_of(make_user("camille")))

    assert page.status_code == 200
    assert "Obligatoire si vous changez" not in page.text
