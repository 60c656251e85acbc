"""security.md F12: while somebody tries passwords, the owner of the account has a way in, and so have those
who share an address with whoever tries."""

import datetime as dt

import pytest

from accounts import links, services
from accounts.links import Channel
from accounts.tests.factories import make_user
from accounts.throttle_policies import DEVICE, LOGIN

from .coming import PAGE, SCHOOL, code_by_mail, log_in, open_device

pytestmark = pytest.mark.django_db


def test_the_owner_comes_in_with_a_code_while_the_attack_goes_on(client, attack, mailoutbox):
    make_user("camille")
    attack(60)
    refused = log_in(client)
    assert refused.status_code == 429
    assert PAGE in refused.text
    code = code_by_mail(mailoutbox)
    attack(30)
    assert log_in(client).status_code == 429

    assert open_device(client, code).url == "/accueil/"
    attack(30)
    assert log_in(client).status_code == 302


def test_a_classmate_comes_in_while_the_address_of_the_school_is_used_up(client, clock, mailoutbox, try_out):
    make_user("garance")
    for number in range(400):
        try_out(LOGIN, f"compte{number}", SCHOOL)
        clock.now += dt.timedelta(seconds=1 / 3)
    assert log_in(client, "garance", address=SCHOOL).status_code == 429
    code = code_by_mail(mailoutbox, "garance")

    assert open_device(client, code, "garance", SCHOOL).status_code == 302
    assert log_in(client, "garance", address=SCHOOL).status_code == 302


def test_codes_tried_on_that_page_by_others_keep_nobody_out(client, mailoutbox, try_out):
    make_user("camille")
    make_user("garance")
    code = code_by_mail(mailoutbox, "garance")
    for number in range(400):
        try_out(DEVICE, f"compte{number}", SCHOOL)
    for number in range(40):
        try_out(DEVICE, "garance", f"203.0.113.{number}")

    assert open_device(client, code, "garance", SCHOOL).status_code == 302


def test_with_the_code_of_a_letter(client, attack):
    """An agent made one for somebody without an address; the password of today goes on."""
    [user] = services.new_access_codes(user_ids=[make_user("camille", email="").pk])
    attack(60)
    assert log_in(client).status_code == 429

    assert open_device(client, links.access_code(user, Channel.HAND)).status_code == 302
    assert log_in(client).status_code == 302


def test_the_code_opens_no_account_by_itself(client, mailoutbox):
    make_user("camille")
    open_device(client, code_by_mail(mailoutbox))

    assert client.get("/mon-compte/").status_code == 302
    assert log_in(client, password="faux").status_code == 200


def test_who_guesses_on_a_device_that_is_known_waits(client, mailoutbox):
    make_user("camille")
    open_device(client, code_by_mail(mailoutbox))

    assert [log_in(client, password="faux").status_code for _ in range(6)] == [200] * 5 + [429]
