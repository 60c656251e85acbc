"""The account of a guardian is closed: who may be behind a child's own login keeps no way in by it."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import child_logins, recovery
from accounts.audit import Action, AuditEntry
from accounts.exceptions import NoSuchGuardian
from accounts.models import Beneficiary, User
from accounts.tests.factories import PASSWORD, make_beneficiary, make_user
from privacy import erasure

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def agent(enter):
    agent = make_user("agnes", is_staff=True)
    agent.groups.add(Group.objects.get(name="gestionnaire"))
    enter(agent)
    return agent


@pytest.fixture
def page_of():
    return lambda user, name: reverse(f"admin:accounts_user_{name}", args=[user.pk])


@pytest.fixture
def act(client, agent, page_of):
    return lambda user, name: client.post(page_of(user, name), {"reason": "Décès"})


@pytest.fixture
def family():
    """The father made Inès's login; both parents guard her."""
    mother, father = make_user("mere"), make_user("pere")
    child = make_beneficiary(mother, father, first_name="Inès", last_name="ROUX")
    login, link = child_logins.make_child_login(beneficiary_id=child.pk, actor=father)
    mail.outbox.clear()
    return Beneficiary.objects.get(pk=child.pk), mother, father, User.objects.get(pk=login.pk), link


def inside(login):
    login.set_password(PASSWORD)
    login.save()
    browser = Client()
    browser.force_login(login)
    return browser


def test_the_login_he_made_falls_with_him(act, family):
    """security.md F5: closing left alive what removing closes."""
    _, mother, father, login, link = family
    assert Client().get(link, follow=True).context["validlink"]

    act(father, "fermer")

    login.refresh_from_db()
    assert not Client().get(link, follow=True).context["validlink"]
    assert (login.is_active, login.has_usable_password()) == (True, False)
    [message] = mail.outbox
    assert message.to == [mother.email]
    assert "Inès" in message.subject
    line = AuditEntry.objects.get(action=Action.ACCOUNT_CLOSED)
    assert line.details == f"accès propre fermé{NBSP}: Inès ROUX ({login.username})"


def test_its_password_and_session_too(act, family):
    """security.md F5."""
    _, _, father, login, _ = family
    browser = inside(login)
    assert browser.get("/mon-compte/").status_code == 200

    act(father, "fermer")

    assert browser.get("/mon-compte/").status_code == 302
    assert not Client().login(username=login.username, password=PASSWORD)


def test_also_one_whose_messages_he_reads(act, family):
    """security.md F5: « identifiants oubliés » would send him another link."""
    child, mother, father, login, _ = family
    child_logins.make_child_login(beneficiary_id=child.pk, actor=mother)
    User.objects.filter(pk=login.pk).update(email=father.email.upper())

    act(father, "fermer")

    login.refresh_from_db()
    assert (login.email, login.has_usable_password()) == ("", False)


def test_the_one_that_who_stays_made_goes_on(act, family):
    child, mother, father, login, _ = family
    child_logins.make_child_login(beneficiary_id=child.pk, actor=mother)
    mail.outbox.clear()
    login.refresh_from_db()
    browser = inside(login)

    act(father, "fermer")

    assert browser.get("/mon-compte/").status_code == 200
    assert mail.outbox == []


@pytest.mark.parametrize(("code_at", "closed"), [(None, True), (timezone.now(), False)])
def test_of_one_whose_maker_was_not_kept_as_when_a_guardian_is_removed(act, code_at, closed):
    """security.md F5."""
    login = make_user("ines", access_code_at=code_at)
    make_beneficiary(make_user(), father := make_user(), user=login)

    act(father, "fermer")

    login.refresh_from_db()
    assert login.has_usable_password() is not closed


def test_the_page_names_them_first(client, agent, page_of, family):
    _, _, father, login, _ = family
    outcome = client.get(page_of(father, "fermer")).context["about"].outcome

    assert f"l’accès propre d’Inès ROUX ({login.username})" in outcome


def test_reopening_revives_none_and_says_which(client, act, page_of, family):
    """admin.md 12."""
    _, _, father, login, _ = family
    act(father, "fermer")
    outcome = client.get(page_of(father, "rouvrir")).context["about"].outcome
    act(father, "rouvrir")

    assert "Reste fermé l’accès propre d’Inès ROUX" in outcome
    login.refresh_from_db()
    assert not login.has_usable_password()


def test_it_costs_the_family_a_new_login_and_nothing_else(act, family):
    """The father died: the mother gives Inès her access anew, under the same identifiant."""
    child, mother, father, login, _ = family
    act(father, "fermer")
    again, link = child_logins.make_child_login(beneficiary_id=child.pk, actor=mother)

    assert again == login
    assert Client().get(link, follow=True).context["validlink"]
    assert list(Beneficiary.objects.accessible_to(mother)) == [child]


def test_who_is_closed_meanwhile_makes_no_login(agent, family):
    """security.md F5: asked again under the lock."""
    child, _, father, _, _ = family
    recovery.close_account(user_id=father.pk, actor=agent)

    with pytest.raises(NoSuchGuardian):
        child_logins.make_child_login(beneficiary_id=child.pk, actor=father)


def test_so_it_is_where_the_account_is_erased(family):
    """security.md F5, its kind."""
    _, mother, father, _, link = family
    erasure.erase_account(user_id=father.pk)

    assert not Client().get(link, follow=True).context["validlink"]
    assert [message.to for message in mail.outbox] == [[mother.email]]
