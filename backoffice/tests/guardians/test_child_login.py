"""Who leaves keeps no way in by the child’s login."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import child_logins, guardianship
from accounts.audit import AuditEntry
from accounts.exceptions import NoSuchGuardian
from accounts.models import User
from accounts.tests.factories import PASSWORD, make_beneficiary, make_user

from .rulings import told

pytestmark = pytest.mark.django_db


def use_password(login):
    login.set_password(PASSWORD)
    login.save()
    browser = Client()
    browser.force_login(login)
    return browser


def test_who_leaves_keeps_no_way_in_by_the_childs_login(act, agent, ruling):
    """security.md F5: the link, the password and the session of the login that he made outlived him."""
    child, mother, father, _, link = ruling
    assert Client().get(link, follow=True).context["validlink"]

    act(child, "retirer-un-responsable", guardian=father.pk)

    assert not Client().get(link, follow=True).context["validlink"]
    assert told() == [mother.email]
    assert "est fermé" in mail.outbox[0].body
    assert "accès propre de l’enfant fermé" in AuditEntry.objects.get().details


def test_nor_by_its_password_or_session(act, agent, ruling):
    """security.md F5."""
    child, _, father, login, _ = ruling
    browser = use_password(login)
    assert browser.get("/mon-compte/").status_code == 200

    act(child, "retirer-un-responsable", guardian=father.pk)

    assert browser.get("/mon-compte/").status_code == 302
    assert not Client().login(username=login.username, password=PASSWORD)


def test_nor_by_its_address(act, agent, ruling):
    """security.md F5: « identifiants oubliés » would send him another link."""
    child, mother, father, login, _ = ruling
    child_logins.make_child_login(beneficiary_id=child.pk, actor=mother)
    User.objects.filter(pk=login.pk).update(email=father.email.upper())

    act(child, "remplacer-un-responsable", guardian=father.pk, said="mere2", coming=make_user("mere2").pk)

    login.refresh_from_db()
    assert login.email == ""
    assert not login.has_usable_password()


def test_the_login_that_who_stays_made_goes_on(act, agent, ruling):
    child, mother, father, login, _ = ruling
    child_logins.make_child_login(beneficiary_id=child.pk, actor=mother)
    login.refresh_from_db()
    browser = use_password(login)

    act(child, "retirer-un-responsable", guardian=father.pk)

    assert browser.get("/mon-compte/").status_code == 200


@pytest.mark.parametrize(("code_at", "closed"), [(None, True), (timezone.now(), False)])
def test_of_a_login_made_before_it_was_kept_by_whom(code_at, closed):
    """security.md F5: those of before are closed, unless a letter or an e-mail invited the child."""
    login = make_user("ines", access_code_at=code_at)
    child = make_beneficiary(make_user(), father := make_user(), user=login)
    left = guardianship.remove(beneficiary_id=child.pk, user_id=father.pk)

    assert left.login_closed is closed


def test_who_is_removed_meanwhile_makes_no_login(ruling):
    """security.md F5: asked again under the lock."""
    child, _, father, _, _ = ruling
    guardianship.remove(beneficiary_id=child.pk, user_id=father.pk)

    with pytest.raises(NoSuchGuardian):
        child_logins.make_child_login(beneficiary_id=child.pk, actor=father)
