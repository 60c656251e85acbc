"""New accounts, their codes, and the way to a password."""

from django.test import Client

from accounts import links, services
from accounts.links import Channel
from accounts.tests.factories import make_user

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
