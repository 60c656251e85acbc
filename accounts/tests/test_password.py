"""Changing one's password."""

import pytest
from django.contrib.auth import authenticate
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


@pytest.mark.parametrize("weak", ["court", "123456789012345", "q1w2e3r4t5y6", "camille.durand"])
def test_a_weak_password_is_refused(client, weak):
    client.force_login(make_user("camille.durand"))
    response = change(client, weak)

    assert response.context["form"].errors["new_password2"]
    assert authenticate(username="camille.durand", password=weak) is None


def test_passwords_are_kept_with_argon2id_at_the_measured_setting(settings):
    settings.PASSWORD_HASHERS = ["accounts.hashers.Argon2id"]

    assert make_user().password.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
