"""security.md F3: the owner is told when it is asked for, and has a way back."""

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.utils import timezone

from accounts import recovery, services
from accounts.email_change import REFUSED_WITHIN
from accounts.models import EmailChange, User
from accounts.tests.factories import PASSWORD, make_beneficiary, make_user

from .links import NEW, OLD, address_of, ask, confirmation, link_to, newest, refusal

pytestmark = pytest.mark.django_db


def refuse(link):
    """By whoever reads the old address, on a device where nobody is connected."""
    owner = Client()
    assert "Ce n’est pas moi" in owner.get(link).text
    return owner.post(link)


def test_to_look_changes_nothing(client, user, mailoutbox):
    ask(client)
    Client().get(refusal(mailoutbox))

    assert client.get("/mon-compte/").status_code == 200
    assert newest(user).is_open


def test_before_it_is_done(client, user, mailoutbox):
    ask(client)
    response = refuse(refusal(mailoutbox))

    assert Client().get(link_to(mailoutbox[0])).status_code == 404
    assert client.get("/mon-compte/").status_code == 302
    assert authenticate(username="camille", password=PASSWORD) is None
    assert response.context["password_path"] in response.text
    assert Client().get(response.context["password_path"], follow=True).context["validlink"]


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
    login, path = services.make_child_login(beneficiary_id=child.pk, actor=user)
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
    _, path = services.make_child_login(beneficiary_id=child.pk, actor=other)
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


def test_it_works_once(client, user, mailoutbox):
    ask(client)
    refuse(refusal(mailoutbox))

    assert Client().post(refusal(mailoutbox)).status_code == 404


def test_it_is_no_link_to_confirm(client, user, mailoutbox):
    ask(client)
    token = refusal(mailoutbox).split("/")[-2]

    assert Client().post(f"/mon-compte/e-mail/{token}/").status_code == 404


def test_too_late(client, user, mailoutbox):
    ask(client)
    EmailChange.objects.update(asked_at=timezone.now() - REFUSED_WITHIN)

    assert Client().post(refusal(mailoutbox)).status_code == 404


def test_of_an_account_closed_since(client, user, mailoutbox):
    ask(client)
    recovery.close_account(user_id=user.pk, actor=make_user(is_staff=True))

    assert Client().post(refusal(mailoutbox)).status_code == 404


def test_an_account_without_an_address_has_nobody_to_tell(client, user, mailoutbox):
    User.objects.update(email="")
    ask(client)

    assert [message.to for message in mailoutbox] == [[NEW]]
