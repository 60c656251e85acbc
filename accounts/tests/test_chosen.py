"""Who has chosen a password by a link is connected."""

import re

import pytest
from django.conf import settings
from django.test import Client

from accounts import links
from accounts.links import Channel
from accounts.tests.factories import make_agent, make_beneficiary, make_user

pytestmark = pytest.mark.django_db
NEW = {"new_password1": "trois tulipes mauves", "new_password2": "trois tulipes mauves"}


def choose(client, user):
    return client.post(links.password_path(user, Channel.MAIL), NEW, follow=True)


def test_whoever_chose_it_is_there(client):
    """family.md 25: the login page came, with an empty identifiant."""
    user = make_user("camille")
    make_beneficiary(user)
    response = choose(client, user)

    assert response.context["user"] == user
    assert "Votre mot de passe est changé. Vous êtes connecté." in response.text
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
    assert user.sign_ins.count() == 1


def test_a_parent_who_opens_a_childs_link_stays(client):
    parent, child = make_user("camille"), make_user("lina", password=None)
    make_beneficiary(parent)
    client.force_login(parent)
    response = choose(client, child)

    assert response.context["user"] == parent
    assert "Votre mot de passe est enregistré. L’identifiant est lina." in response.text


def test_an_agent_signs_in_for_the_second_factor(client):
    response = choose(client, make_agent())

    assert not response.context["user"].is_authenticated


def test_who_was_there_already_stays_there(client):
    user = make_user("camille")
    make_beneficiary(user)
    client.force_login(user)

    assert choose(client, user).context["user"] == user


def test_the_other_links_of_one_message_stay_good():
    """cases 1, family.md 25: their forms were opened beside this one, before who came in was connected."""
    browser = Client(enforce_csrf_checks=True)
    paths = [links.password_path(make_user(name), Channel.MAIL) for name in ("camille", "garance")]
    tokens = [re.search(r'csrfmiddlewaretoken" value="([^"]+)', browser.get(path).text)[1] for path in paths]

    answers = [
        browser.post(path, NEW | {"csrfmiddlewaretoken": token})
        for path, token in zip(paths, tokens, strict=True)
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
