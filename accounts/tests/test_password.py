"""Changing one's password."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.test import Client

from accounts.tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def change(client, new, old=PASSWORD):
    fields = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/mon-compte/mot-de-passe/", fields)


def test_the_new_password_opens_and_other_sessions_end(client):
    user = make_user("camille")
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.force_login(user)
    change(client, "tout nouveau secret")

    assert authenticate(username="camille", password="tout nouveau secret")
    assert client.get("/mon-compte/").status_code == 200
    assert elsewhere.get("/mon-compte/").status_code == 302


@pytest.mark.parametrize(
    "weak",
    [
        *("court", "123456789012345", "q1w2e3r4t5y6", "camille.durand"),
        *("motdepasse12", "Mot de passe 2026 !", "AZERTYuiop92", "Été-2026-2026", "bonjour*soleil"),
        *("Pass+2026-2027", "pass+hautsdeseine", "Hauts-de-Seine"),
    ],
)
def test_a_weak_password_is_refused(client, weak):
    client.force_login(make_user("camille.durand"))
    response = change(client, weak)

    assert list(response.context["form"].errors) == ["new_password1"]
    assert authenticate(username="camille.durand", password=weak) is None


@pytest.mark.parametrize(
    "good", ["trois tulipes mauves", "chat soleil danse", "пароль секрет", "12-34-56-78-90"]
)
def test_what_is_no_common_word_is_no_concern_of_the_list(good):
    validate_password(good)


def test_passwords_are_kept_with_argon2id_at_the_measured_setting(settings):
    settings.PASSWORD_HASHERS = ["accounts.hashers.Argon2id"]

    assert make_user().password.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")


def test_it_is_told_by_e_mail(client, mailoutbox):
    client.force_login(make_user("camille"))
    change(client, "tout nouveau secret")

    assert [message.to for message in mailoutbox] == [["camille@famille.example"]]
    assert "tout nouveau secret" not in mailoutbox[0].body


def test_the_old_one_is_not_guessed_for_ever(client):
    client.force_login(make_user("camille"))
    answers = [change(client, "tout nouveau secret", old="au hasard") for _ in range(7)]

    assert list(answers[0].context["form"].errors) == ["old_password"]
    assert "À corriger avant de continuer" in answers[0].text
    assert answers[-1].status_code == 429
    assert authenticate(username="camille", password=PASSWORD)
