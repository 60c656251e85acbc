"""Nothing that opened the account opens it any more."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import links
from accounts.links import Channel
from accounts.tests.factories import PASSWORD, make_user

from .thefts import SECRET, choose_password, close, close_and_reopen, opens, stop, ways_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("what", [stop, close, close_and_reopen])
def test_nothing_that_opened_the_account_opens_it_any_more(act, agent, stolen, what):
    """admin.md 12, security.md F3: « Fermer », « Rouvrir » let the thief's password live again."""
    inside = Client()
    inside.force_login(stolen)
    paths = ways_in(stolen)
    assert all(map(opens, paths))

    what(act, stolen)

    assert inside.get("/mon-compte/").status_code == 302
    assert not Client().login(username="mere", password=PASSWORD)
    assert not any(map(opens, paths))


def test_an_account_closed_long_ago_with_its_password_does_not_live_again(act, agent):
    """admin.md 12: those that were closed before passwords died with it."""
    user = make_user("famille", is_active=False)
    act(user, "rouvrir")

    assert not Client().login(username="famille", password=PASSWORD)


def test_an_access_is_given_back_after_it_was_reopened(act, agent):
    """admin.md 12: to an account without a password too."""
    user = make_user("famille", last_login=timezone.now())
    close_and_reopen(act, user)
    act(user, "rendre-l-acces")

    [message] = mail.outbox
    [path] = re.findall(r"https?://[^/]+(/accueil/nouveau\S+)", str(message.body))
    choose_password(path)
    assert Client().login(username="famille", password=SECRET)


def test_what_the_thief_made_for_the_child_falls_too(act, agent, stolen):
    """security.md F5: the link to a child's password was seen by whoever made its login."""
    child = stolen.children.get()
    path = links.password_path(child.user, Channel.HAND)

    stop(act, stolen)

    assert not opens(path)
    assert not Client().login(username=child.user.username, password=PASSWORD)


def test_also_where_no_maker_was_kept(act, agent, stolen):
    """admin.md 12, security.md F5: logins that were made before their makers were kept."""
    child = stolen.children.get()
    type(child).objects.update(login_made_by=None)
    path = links.password_path(child.user, Channel.HAND)

    stop(act, stolen)

    assert not opens(path)
    assert not Client().login(username=child.user.username, password=PASSWORD)
