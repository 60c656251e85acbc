"""SECRET_KEY is changed: what the old one signed still works as long as it is among SECRET_KEY_FALLBACKS."""

import pytest
from django.conf import settings
from django.test import Client, override_settings

from accounts import erasure, links, services
from accounts.links import Channel
from accounts.tests.factories import PASSWORD, make_user
from core.known_devices import DEVICE_KNOWN_FOR, _signer

pytestmark = pytest.mark.django_db


def session():
    """Stays open."""
    client = Client()
    client.force_login(make_user())
    return lambda: client.get("/mon-compte/").status_code == 200


def link():
    """Of an e-mail, to a new password."""
    path = links.password_path(make_user(password=PASSWORD), Channel.MAIL)
    return lambda: Client().get(path, follow=True).context["validlink"]


def letter():
    """On its way, or in a drawer."""
    [user] = services.new_access_codes(user_ids=[make_user("camille", password=None).pk])
    path = links.access_path(user, Channel.HAND)
    return lambda: Client().get(path).status_code == 302


def device():
    """An account came in by it before."""
    cookie = _signer("camille").sign("this telephone")
    return lambda: _signer("camille").unsign(cookie, max_age=DEVICE_KNOWN_FOR) == "this telephone"


SIGNED = [session, link, letter, device]


@pytest.mark.parametrize("sign", SIGNED)
def test_still_works(sign):
    works = sign()
    former = settings.SECRET_KEY

    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=["in between", former]):
        assert works()


@pytest.mark.parametrize("sign", SIGNED[:-1])
def test_no_more_once_the_old_one_is_taken_away(sign):
    works = sign()

    with override_settings(SECRET_KEY="new"):
        assert not works()


@pytest.mark.parametrize("name", ["SECRET_KEY_FALLBACKS", "SECRET_KEY_RETIRED"])
def test_a_child_that_was_erased_is_still_known(name):
    number = erasure.erased_number("920000001")

    with override_settings(SECRET_KEY="new", **{name: [settings.SECRET_KEY]}):
        assert number in erasure.erased_numbers("920000001")
        assert number not in erasure.erased_numbers("920000002")


@pytest.mark.parametrize("sign", SIGNED[:-1])
def test_what_is_retired_opens_nothing(sign):
    works = sign()

    with override_settings(SECRET_KEY="new", SECRET_KEY_RETIRED=[settings.SECRET_KEY]):
        assert not works()


def test_a_letter_that_is_printed_again_is_made_of_the_new_one():
    [user] = services.new_access_codes(user_ids=[make_user("camille", password=None).pk])
    before = links.access_code(user, Channel.HAND)

    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        after = links.access_code(user, Channel.HAND)
        assert [links.channel_of_code(user, code) for code in (before, after)] == [Channel.HAND] * 2
    assert before != after
