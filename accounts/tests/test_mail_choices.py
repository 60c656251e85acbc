"""Each account chooses its e-mails, in « Mes informations »."""

import pytest

from accounts import child_logins
from accounts.mail_choices import COLUMNS, NONE, MailKind, readers
from accounts.models import User
from accounts.tests.factories import make_beneficiary, make_user

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/"


def chosen(user):
    [row] = User.objects.filter(pk=user.pk).values(*COLUMNS.values())
    return {column for column, wanted in row.items() if wanted}


@pytest.fixture
def parent(client):
    parent = make_user("camille")
    make_beneficiary(parent)
    client.force_login(parent)
    return parent


def test_all_come_until_somebody_chooses(client, parent):
    """family.md C 8."""
    page = client.get(PAGE).text

    assert chosen(parent) == set(COLUMNS.values())
    assert [f'id="id_{column}" checked' in page for column in COLUMNS.values()] == [True] * 4
    assert "Les e-mails de sécurité viennent toujours" in page


@pytest.mark.parametrize("kept", [[], ["mail_on_used"], ["reminders", "mail_on_created"]], ids=str)
def test_one_form_one_save(client, parent, kept):
    """family.md C 8."""
    other = make_user("dominique")
    response = client.post(f"{PAGE}e-mails/", dict.fromkeys(kept, "on"), follow=True)

    assert "Votre choix d’e-mails est enregistré." in response.text
    assert (chosen(parent), chosen(other)) == (set(kept), set(COLUMNS.values()))
    assert [f'id="id_{column}" checked' in response.text for column in COLUMNS.values()] == [
        column in kept for column in COLUMNS.values()
    ]


def test_who_has_no_address_is_told_so(client):
    """family.md C 8."""
    client.force_login(make_user(email=""))

    assert "Vous n’avez pas d’adresse e-mail" in client.get(PAGE).text


def test_a_child_gets_none_until_it_asks(client):
    """family.md C 8: its guardians are written to, as before; the child if it wants."""
    parent = make_user("camille")
    child = make_beneficiary(parent)
    login, _ = child_logins.make_child_login(beneficiary_id=child.pk, actor=parent)
    User.objects.filter(pk=login.pk).update(email="garance@famille.example")
    child.refresh_from_db()

    assert list(readers(child, MailKind.USED)) == [parent]
    client.force_login(login)
    client.post(f"{PAGE}e-mails/", {"mail_on_used": "on"})
    assert list(readers(child, MailKind.USED)) == [parent, login]
    assert list(readers(child, MailKind.CREATED)) == [parent]


def test_an_agent_reads_it_and_changes_nothing(enter):
    """family.md C 8: « je ne reçois rien », on the telephone."""
    parent = make_user("camille", mail_on_created=False)
    agent = enter(make_user("agent", is_staff=True, is_superuser=True))
    page = agent.get(f"/admin/accounts/user/{parent.pk}/change/").text

    assert "e-mail quand un ticket est créé" in page.lower()
    assert not any(f'name="{column}"' in page for column in COLUMNS.values())


def test_who_is_anonymised_gets_none():
    assert set(NONE) == set(COLUMNS.values())
    assert not any(NONE.values())
