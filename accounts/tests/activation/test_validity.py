"""Until when a code opens an account, and for whom."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts import links, recovery
from accounts.links import Channel
from accounts.models import User
from accounts.tests.factories import make_user

from .arrival import SECRET, letter_of, mailed_to, make_new, opens, renew

pytestmark = pytest.mark.django_db


def test_until_the_evening_of_the_day_that_is_written(monkeypatch):
    user = make_new()
    last = links.last_day(user)
    assert last == timezone.localdate() + dt.timedelta(days=60)

    def at(day, hour):
        moment = timezone.make_aware(dt.datetime.combine(day, dt.time(hour, 59)))
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    at(last, 23)
    assert opens("camille", letter_of(user))
    at(last + dt.timedelta(days=1), 0)
    assert not opens("camille", letter_of(user))


def test_an_agent_comes_in_by_e_mail():
    """Never by a letter: whoever comes in first prepares the second factor too."""
    agent = make_new(is_staff=True)

    assert opens("camille", mailed_to(agent))


def test_a_letter_from_before_somebody_became_an_agent(client):
    user = make_new()
    User.objects.update(is_staff=True)

    assert not opens("camille", letter_of(user))


def test_who_is_on_the_way_when_the_account_is_closed(client):
    user = make_new()
    form = client.get(links.access_path(user, Channel.HAND), follow=True).request["PATH_INFO"]
    recovery.close_account(user_id=user.pk, actor=make_user())
    page = client.post(form, {"new_password1": SECRET, "new_password2": SECRET}, follow=True)

    assert page.context["validlink"] is False
    assert not User.objects.get(username="camille").has_usable_password()


def test_neither_codes_nor_links_are_guessed_from_one_another():
    user = make_new()
    made = [letter_of(user), mailed_to(user), letter_of(renew(user)), letter_of(make_new("dominique"))]

    assert len(set(made)) == 4
