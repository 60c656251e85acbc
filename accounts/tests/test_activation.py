"""The first time: an identifiant and a code, from a letter or an e-mail, to a password of one's own."""

import datetime as dt
import re

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import links, recovery, services
from accounts.links import Channel
from accounts.models import User
from accounts.tests.factories import PASSWORD, make_beneficiary, make_user
from accounts.throttle_policies import ACTIVATION
from core import codes
from core.formats import jour

pytestmark = pytest.mark.django_db
PAGE = "/accueil/premiere-connexion/"
SECRET = "trois tulipes mauves"
WRONG = "Cet identifiant et ce code ne vont pas ensemble"


def make_new(username="camille", **fields):
    """An account that nobody has come in by, and that has a code."""
    user = make_user(username, password=None, **fields)
    return renew(user)


def renew(user):
    [user] = services.new_access_codes(user_ids=[user.pk])
    return user


def letter_of(user):
    return links.access_code(user, Channel.HAND)


def mailed_to(user):
    return links.access_code(user, Channel.MAIL)


def send(client, username, code, **more):
    return client.post(PAGE, {"username": username, "code": code}, **more)


def opens(username, code):
    """Whether they lead to « Nouveau mot de passe », typed or as a link."""
    typed = send(Client(), username, code)
    followed = Client().get(f"{PAGE}{username}/{code}/")
    assert (typed.status_code, followed.status_code) in {(302, 302), (200, 404)}
    return typed.status_code == 302


def choose_password(client, arrival):
    """From the page, or a redirection to it, as far as the new password."""
    path = arrival.headers.get("Location", arrival.request["PATH_INFO"])
    form = client.get(path, follow=True)
    assert form.context["validlink"]
    said = {"new_password1": SECRET, "new_password2": SECRET}
    return client.post(form.request["PATH_INFO"], said, follow=True)


# --- The way in -------------------------------------------------------------------------------


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


# --- What opens nothing -----------------------------------------------------------------------


def older_letter():
    code = letter_of(user := make_new())
    renew(user)
    return code


def used_letter():
    code = letter_of(user := make_new())
    user.set_password(SECRET)
    user.save()
    return code


def closed():
    code = letter_of(user := make_new())
    recovery.close_account(user_id=user.pk, actor=make_user())
    return code


def closed_and_reopened():
    code = closed()
    recovery.reopen_account(user_id=User.objects.get(username="camille").pk)
    return code


def left_for_another_address():
    code = mailed_to(user := make_new())
    User.objects.filter(pk=user.pk).update(email="autre@famille.example")
    return code


def for_a_letter_never_made():
    return letter_of(make_user("camille", password=None))


ATTACKS = {
    "a code of somebody else": lambda: make_new() and letter_of(make_new("dominique")),
    "made up": lambda: make_new() and codes.complete("7K4PX2WA9MTB"),
    "an older letter": older_letter,
    "used": used_letter,
    "a closed account": closed,
    "closed, then open again": closed_and_reopened,
    "an agent's letter": lambda: letter_of(make_new(is_staff=True)),
    "mailed to an address that was left": left_for_another_address,
    "never made": for_a_letter_never_made,
    "nobody": lambda: codes.complete("7K4PX2WA9MTB"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_opens_nothing_is_told_alike(client, attack):
    code = ATTACKS[attack]()
    response = send(client, "camille", code)

    assert response.status_code == 200
    assert WRONG in response.text
    assert not opens("camille", code)
    assert "Ce lien ne fonctionne plus" in client.get(f"{PAGE}camille/{code}/").text


def test_an_account_that_is_there_and_one_that_is_not_are_alike():
    """The same texts, statuses and queries, from the first attempt to the refused ones."""
    make_new("camille")
    make_user("fermee", is_active=False)

    def seen(username):
        for _ in range(ACTIVATION.own.free + 2):
            with CaptureQueriesContext(connection) as queries:
                response = send(Client(), username, "0" * 13, REMOTE_ADDR=f"2001:db8:{len(username)}::1")
            text = response.text.replace(username, "X").partition("csrfmiddlewaretoken")[0]
            yield response.status_code, text, len(queries)

    known = list(seen("camille"))
    assert [status for status, *_ in known] == [200] * ACTIVATION.own.free + [429] * 2
    assert list(seen("personne")) == known
    assert list(seen("fermee")) == known


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
    page = client.post(form, {"new_password1": SECRET, "new_password2": SECRET})

    assert page.context["validlink"] is False
    assert not User.objects.get(username="camille").has_usable_password()


def test_neither_codes_nor_links_are_guessed_from_one_another():
    user = make_new()
    made = [letter_of(user), mailed_to(user), letter_of(renew(user)), letter_of(make_new("dominique"))]

    assert len(set(made)) == 4


# --- Trying again and again -------------------------------------------------------------------


def try_often(client, times, code="0" * 13):
    return [send(client, "camille", code).status_code for _ in range(times)]


def test_who_tries_again_and_again_has_to_wait(client):
    free = ACTIVATION.own.free
    user = make_new()

    assert try_often(client, free) == [200] * free
    refused = send(client, "camille", letter_of(user))
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "5"
    assert "Trop d’essais. Attendez 5\N{NO-BREAK SPACE}secondes" in refused.text
    link = client.get(links.access_path(user, Channel.HAND))
    assert link.status_code == 429
    assert "Location" not in link.headers


def test_and_nobody_else_has(client):
    user = make_new()
    try_often(client, ACTIVATION.own.free + 1)
    elsewhere = send(Client(), "camille", letter_of(user), REMOTE_ADDR="203.0.113.9")

    assert elsewhere.status_code == 302


def test_a_slip_of_the_finger_is_no_attempt(client):
    user = make_new()
    mistyped = codes.show_code(letter_of(user))[:-1] + ("0" if letter_of(user)[-1] != "0" else "1")

    assert try_often(client, 50, mistyped) == [200] * 50
    assert send(client, "camille", letter_of(user)).status_code == 302


def test_a_whole_class_behind_one_address():
    for number in range(30):
        pupil, browser = make_new(f"eleve{number}"), Client()
        assert [send(browser, pupil.username, "0" * 13).status_code for _ in range(4)] == [200] * 4
        assert send(browser, pupil.username, letter_of(pupil)).status_code == 302


# --- What a link proves -----------------------------------------------------------------------


def by_mail(client):
    user = make_new()
    return user, client.get(links.access_path(user, Channel.MAIL))


def by_letter(client):
    user = make_new()
    return user, client.get(links.access_path(user, Channel.HAND))


def typed_from_the_mail(client):
    user = make_new()
    return user, send(client, user.username, mailed_to(user))


def forgotten(client):
    user = make_user("camille", password=PASSWORD)
    return user, client.get(services.password_link(user, Channel.MAIL))


def shown_to_a_guardian(client):
    child = make_beneficiary(parent := make_user(), user=make_user("garance"))
    user, link = services.make_child_login(beneficiary_id=child.pk, actor=parent)
    return user, client.get(link)


@pytest.mark.parametrize(
    ("way", "proves"),
    [
        (by_mail, True),
        (typed_from_the_mail, True),
        (forgotten, True),
        (by_letter, False),
        (shown_to_a_guardian, False),
    ],
)
def test_only_an_e_mail_proves_the_address(client, way, proves):
    user, arrival = way(client)
    choose_password(client, arrival)

    user.refresh_from_db()
    assert user.check_password(SECRET)
    assert bool(user.email_confirmed_at) == proves


def test_the_channel_of_a_link_is_not_for_its_holder_to_say(client):
    """With the letter's code one has the letter's link, whatever one changes in it."""
    user = make_new()
    token = links.password_path(user, Channel.HAND).split("/")[-2]

    assert links.channel_of_token(user, token) is Channel.HAND
    assert links.channel_of_token(user, token[:-1] + ("0" if token[-1] != "0" else "1")) is None


# --- The e-mail -------------------------------------------------------------------------------


def test_the_e_mail_of_a_new_account(client, mailoutbox):
    user = make_user("camille", password=None)
    services.send_first_access(user_id=user.pk)
    [message] = mailoutbox

    assert f"jusqu’au {jour(timezone.localdate() + dt.timedelta(days=60))}" in message.body
    link = re.search(rf"https://pass\.example({PAGE}camille/\w+/)", message.body)[1]
    choose_password(client, client.get(link))
    assert User.objects.get().email_confirmed_at
