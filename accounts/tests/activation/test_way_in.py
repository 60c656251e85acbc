"""The first time: an identifiant and a code, from a letter or an e-mail, to a password of one's own."""

import datetime as dt
import re

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from accounts import links, services
from accounts.links import Channel
from accounts.models import User
from accounts.tests.factories import make_user
from accounts.throttle_policies import ACTIVATION
from core import codes
from core.formats import jour

from .arrival import PAGE, SECRET, choose_password, letter_of, mailed_to, make_new, opens, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["camille", "Camille", " CAMILLE "])
@pytest.mark.parametrize(
    "write", [codes.show_code, str.lower, " ".join], ids=["as printed", "small", "spaced"]
)
def test_from_the_letter_to_a_password(client, typed, write):
    user = make_new()
    arrived = choose_password(client, send(client, typed, write(letter_of(user))))

    assert "Votre mot de passe est enregistré." in arrived.text
    assert authenticate(username="camille", password=SECRET)


def test_the_square_of_the_letter_leads_there_too(client):
    user = make_new()
    choose_password(client, client.get(links.access_path(user, Channel.HAND)))

    assert authenticate(username="camille", password=SECRET)


def test_the_page_says_whose_password_it_is(client):
    user = make_new()

    page = client.get(links.access_path(user, Channel.HAND), follow=True).text
    assert re.search('<input[^>]* value="camille" autocomplete="username"[^>]* readonly>', page)


def test_a_new_agent_is_led_to_the_administration(client):
    """admin.md 35: the invitation ended on the families' page, with no word of /admin/."""
    make_new("agent", is_staff=True)
    path = links.access_path(User.objects.get(), Channel.MAIL)
    arrived = choose_password(client, client.get(path))

    assert arrived.request["PATH_INFO"] == "/admin/login/"
    assert "L’identifiant est agent." in arrived.text


def test_to_look_at_the_link_changes_nothing(client):
    """Mail servers do it first, and more than once."""
    user = make_new()
    before = User.objects.values().get()
    for method in (client.get, client.head):
        for _ in range(ACTIVATION.own.free + 1):
            assert method(links.access_path(user, Channel.MAIL), follow=True).status_code == 200

    assert User.objects.values().get() == before
    assert opens("camille", mailed_to(user))


def test_the_link_is_no_place_to_send_anything_to(client):
    assert client.post(links.access_path(make_new(), Channel.HAND)).status_code == 405


def test_a_parent_who_opens_the_letter_of_a_child_stays_who_it_is(client):
    client.force_login(make_user("parent"))
    choose_password(client, client.get(links.access_path(make_new("garance"), Channel.HAND)))

    assert client.get("/mon-compte/").context["user"].username == "parent"


def test_the_login_page_leads_there(client):
    assert f'<a href="{PAGE}">Activez votre compte</a>' in client.get("/accueil/").text


@pytest.mark.parametrize(
    ("username", "code", "refused"),
    [("", "", ["username", "code"]), ("camille", "7K4P", ["code"]), ("x" * 61, "0" * 13, ["username"])],
)
def test_what_cannot_be_right_is_told_beside_the_field(client, username, code, refused):
    assert list(send(client, username, code).context["form"].errors) == refused


def test_the_e_mail_of_a_new_account(client, mailoutbox):
    user = make_user("camille", password=None)
    services.send_first_access(user_id=user.pk)
    [message] = mailoutbox

    assert f"jusqu’au {jour(timezone.localdate() + dt.timedelta(days=60))}" in message.body
    link = re.search(rf"https://pass\.example({PAGE}camille/\w+/)", message.body)[1]
    choose_password(client, client.get(link))
    assert User.objects.get().email_confirmed_at
