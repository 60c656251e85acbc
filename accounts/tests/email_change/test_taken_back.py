"""security.md F3: what the owner takes back, once the address was changed."""

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from accounts import child_logins
from accounts.models import User
from accounts.tests.factories import PASSWORD, make_beneficiary, make_user

from .links import NEW, OLD, address_of, ask, confirmation, link_to, refusal, refuse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("told", [1, -1], ids=["when it was asked for", "when it was done"])
def test_after_it_was_done(client, user, mailoutbox, told):
    ask(client)
    client.post(link_to(mailoutbox[0]))
    assert mailoutbox[told].to == [OLD]
    refuse(link_to(mailoutbox[told]))

    assert address_of(user) == OLD
    assert client.get("/mon-compte/").status_code == 302
    assert authenticate(username="camille", password=PASSWORD) is None
    assert mailoutbox[-1].to == [NEW]
    assert OLD not in mailoutbox[-1].body


@pytest.mark.parametrize("is_known", [True, False])
def test_what_was_made_for_a_child_falls_too(client, user, mailoutbox, is_known):
    """admin.md 12, security.md F5, its kind: whoever had the password saw that link."""
    child = make_beneficiary(user, first_name="Inès")
    login, path = child_logins.make_child_login(beneficiary_id=child.pk, actor=user)
    if not is_known:
        # As it was before makers were kept.
        type(child).objects.update(login_made_by=None)
    ask(client)
    assert Client().get(path).context["validlink"]
    assert login.first_name in Client().get(refusal(mailoutbox)).text
    response = refuse(refusal(mailoutbox))

    assert not Client().get(path).context["validlink"]
    assert login.first_name in response.text


def test_a_childs_login_by_another_stays(client, user, mailoutbox):
    other = make_user()
    child = make_beneficiary(user, other)
    _, path = child_logins.make_child_login(beneficiary_id=child.pk, actor=other)
    ask(client)
    refuse(refusal(mailoutbox))

    assert Client().get(path).context["validlink"]


def test_after_two_of_them(client, user, mailoutbox):
    ask(client)
    link = refusal(mailoutbox)
    for address in (NEW, "encore@ailleurs.example"):
        ask(client, address)
        client.post(confirmation(mailoutbox))
    refuse(link)

    assert address_of(user) == OLD


def test_the_thief_has_none_left_afterwards(client, user, mailoutbox):
    ask(client)
    owners = refusal(mailoutbox)
    client.post(confirmation(mailoutbox))
    ask(client, "encore@ailleurs.example")
    [thiefs] = [it for it in map(link_to, mailoutbox[-1:]) if "ce-n-est-pas-moi" in it]
    refuse(owners)

    assert Client().post(thiefs).status_code == 404
    assert address_of(user) == OLD


def test_nor_once_an_agent_wrote_the_right_address(client, user, mailoutbox):
    ask(client)
    client.post(confirmation(mailoutbox))
    ask(client, "encore@ailleurs.example")
    User.objects.filter(pk=user.pk).update(email="guichet@famille.example")

    assert Client().post(link_to(mailoutbox[-1])).status_code == 404
    assert address_of(user) == "guichet@famille.example"
