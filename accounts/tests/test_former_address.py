"""Which address an account had until some days ago: to be told, and to be gone back to."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts import child_logins, email_change
from accounts.models import ADDRESS_IS_NEW, User
from accounts.tests.factories import make_beneficiary, make_user

pytestmark = pytest.mark.django_db
OLD, NEW = "ancienne@famille.example", "nouvelle@famille.example"


def changed_by_its_owner(user, client):
    change = email_change.ask(user_id=user.pk, address=NEW)
    email_change.confirm(token=email_change.confirm_path(change).split("/")[-2])


def changed_by_an_agent(user, client):
    said = {"username": user.username, "email": NEW, "reason": "Courrier"}
    client.post(reverse("admin:accounts_user_change", args=[user.pk]), said)


@pytest.mark.parametrize("change", [changed_by_its_owner, changed_by_an_agent])
def test_whoever_changes_it(client, enter, change):
    """admin.md 16, 17: nothing said when an address last changed."""
    enter(make_user(is_staff=True, is_superuser=True))
    user = make_user(email=OLD)
    assert (user.email_is_new, user.known_emails) == (False, [OLD])

    change(user, client)

    user = User.objects.get(pk=user.pk)
    assert (user.email, user.former_email, user.email_is_new) == (NEW, OLD, True)
    assert user.known_emails == [NEW, OLD]


@pytest.mark.parametrize(("late", "kept"), [(-1, OLD), (1, "")], ids=["not yet", "over"])
def test_it_is_forgotten_after_some_days(late, kept):
    changed_at = timezone.now() - ADDRESS_IS_NEW - dt.timedelta(minutes=late)
    user = make_user(email=NEW, former_email=OLD, email_changed_at=changed_at)
    assert user.email_is_new == bool(kept)

    call_command("purge")

    assert User.objects.get(pk=user.pk).former_email == kept


def test_who_made_a_childs_login_is_kept():
    """security.md F5: whoever made it has seen the link to its password."""
    mother, father = make_user(), make_user()
    child = make_beneficiary(mother, father)
    for maker in (mother, father):
        child_logins.make_child_login(beneficiary_id=child.pk, actor=maker)
        child.refresh_from_db()
        assert child.login_made_by == maker
