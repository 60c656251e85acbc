"""The link makes an account, once; to look at it changes nothing."""

import datetime as dt

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.utils import timezone

from accounts import signing_up
from accounts.exceptions import LinkOutOfUse
from accounts.models import SignUp, User
from accounts.tests.factories import make_user
from core.tests.queue import work

from .links import ADDRESS, PAGE, SAID, ask, link_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(client, mailoutbox):
    ask(client)
    return link_of(mailoutbox[0])


def is_dead(client, link):
    response = client.get(link)
    told = ("Ce lien ne fonctionne plus", f'href="{PAGE}"', 'href="/devenir-partenaire/"')
    return response.status_code == 404 and all(it in response.text for it in told)


def test_it_makes_the_account_and_lets_in(client, link):
    response = client.post(link, SAID, follow=True)

    user = User.objects.get()
    assert (user.first_name, user.last_name, user.phone) == ("Anne", "LENORMAND", "06 12 34 56 78")
    assert (user.email, bool(user.email_confirmed_at)) == (ADDRESS, True)
    assert authenticate(username=user.username, password=SAID["new_password1"]) == user
    assert response.wsgi_request.user == user
    assert "Notez votre identifiant\N{NO-BREAK SPACE}: anne.lenormand" in response.text
    assert not SignUp.objects.exists()


def test_an_antivirus_that_looks_first_uses_nothing_up(client, link):
    for look in (client.get, client.head, client.get):
        assert look(link).status_code == 200
    assert not User.objects.exists()

    assert client.post(link, SAID).status_code == 302


def test_it_serves_once(client, link):
    client.post(link, SAID)
    client.logout()

    assert is_dead(client, link)
    assert client.post(link, SAID).status_code == 404
    assert User.objects.count() == 1


def test_one_used_the_others_of_the_address_are_dead(client, link, mailoutbox):
    ask(client, ADDRESS.upper())
    other = link_of(mailoutbox[1])
    assert client.get(other).status_code == 200
    client.post(link, SAID)

    assert is_dead(client, other)


def test_not_once_the_address_has_an_account(client, link):
    make_user("anne", email=ADDRESS)

    assert is_dead(client, link)


@pytest.mark.parametrize("token", ["x", "a:b", "0" * 22])
def test_a_link_that_was_made_up(client, token):
    assert is_dead(client, f"{PAGE}{token}/")


def test_it_dies_and_is_forgotten_after_a_day(client, link):
    old = timezone.now() - dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 1)
    call_command("purge")
    assert SignUp.objects.exists()
    SignUp.objects.update(mailed_at=old)

    assert is_dead(client, link)
    call_command("purge")
    assert not SignUp.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_name": ""},
        {"last_name": "☺"},
        {"phone": "12"},
        {"new_password1": "court", "new_password2": "court"},
        {"new_password2": "un autre mot de passe"},
        {"new_password1": "lenormandlenormand", "new_password2": "lenormandlenormand"},
    ],
)
def test_what_is_typed_wrong_uses_nothing_up(client, link, wrong):
    response = client.post(link, {**SAID, **wrong}, follow=True)

    assert response.context["form"].errors
    assert not User.objects.exists()
    assert client.post(link, SAID).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_links_of_one_address_at_once_make_one_account(at_once):
    for _ in range(2):
        signing_up.ask(email=ADDRESS)
    work()
    tokens = [signing_up.path(one).split("/")[-2] for one in SignUp.objects.all()]

    def confirm(token):
        signing_up.confirm(token=token, first_name="Anne", last_name="L", phone="", password="secret")

    assert at_once(*(lambda token=token: confirm(token) for token in tokens)) == [
        LinkOutOfUse.__name__,
        "done",
    ]
    assert User.objects.count() == 1
