"""What a link proves."""

import pytest

from accounts import child_logins, links, services
from accounts.links import Channel
from accounts.tests.factories import PASSWORD, make_beneficiary, make_user

from .arrival import SECRET, choose_password, mailed_to, make_new, send

pytestmark = pytest.mark.django_db


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
    user, link = child_logins.make_child_login(beneficiary_id=child.pk, actor=parent)
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
