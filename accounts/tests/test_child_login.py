"""A guardian gives a child its own login, and never knows the password."""

import re
from functools import partial

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from accounts import child_logins
from accounts.models import Beneficiary, User
from accounts.tests.factories import make_beneficiary, make_user

pytestmark = pytest.mark.django_db
SECRET = "trois tulipes mauves"


@pytest.fixture
def parent(client):
    parent = make_user("parent")
    client.force_login(parent)
    return parent


@pytest.fixture
def lina(parent):
    return make_beneficiary(parent, first_name="Lina-Zoé", last_name="D’ÉON MARTIN")


def address(child):
    return f"/beneficiaires/{child.public_id}/compte/"


def make(client, child):
    page = client.post(address(child), follow=True).text
    return re.search(r'href="https?://[^/]+(/accueil/nouveau-mot-de-passe/[^"]+)"', page)[1]


def choose_password(link, password=SECRET):
    browser = Client()
    form = browser.get(link, follow=True)
    if form.context["validlink"]:
        browser.post(link, {"new_password1": password, "new_password2": password})
    return form.context["validlink"]


def test_the_child_chooses_its_password_by_the_link_once(client, lina):
    link = make(client, lina)

    assert choose_password(link)
    user = authenticate(username="lina-zoe.d-eon-martin", password=SECRET)
    assert user
    assert list(Beneficiary.objects.accessible_to(user)) == [lina]
    assert not choose_password(link, "un autre secret")


def test_to_look_at_the_page_makes_nothing(client, lina):
    assert client.get(address(lina)).status_code == 200
    assert User.objects.count() == 1


def test_made_anew_the_old_password_link_and_sessions_are_worth_nothing(client, lina):
    old = make(client, lina)
    choose_password(make(client, lina))
    assert not choose_password(old)
    user = authenticate(username="lina-zoe.d-eon-martin", password=SECRET)
    assert user
    tablet = Client()
    tablet.force_login(user)

    new = make(client, lina)
    assert tablet.get("/mon-compte/").status_code == 302
    assert authenticate(username=user.username, password=SECRET) is None
    assert choose_password(new)
    assert User.objects.count() == 2


def test_the_parent_stays_who_it_is(client, lina):
    client.get(make(client, lina), follow=True)

    assert "Déconnexion" in client.get("/mon-compte/").text
    assert client.get("/mon-compte/").context["user"].username == "parent"


def test_homonyms_have_numbers(client, parent, lina):
    twin = make_beneficiary(parent, first_name="Lina Zoé", last_name="D'Eon-Martin")
    for child in (lina, twin):
        make(client, child)

    assert {child.user.username for child in Beneficiary.objects.all()} == {
        "lina-zoe.d-eon-martin",
        "lina-zoe.d-eon-martin2",
    }


@pytest.mark.parametrize("name", ["李小龙", "’", "x" * 60])
def test_any_name_has_an_identifiant(client, parent, name):
    child = make_beneficiary(parent, first_name=name, last_name=name)

    assert choose_password(make(client, child))


def test_the_other_guardians_are_told(client, parent, mailoutbox):
    other = make_user("dominique")
    make(client, make_beneficiary(parent, other, make_user(email="")))

    assert [message.to for message in mailoutbox] == [[other.email]]


def test_an_account_that_an_agent_closed_stays_closed(client, lina):
    make(client, lina)
    User.objects.filter(beneficiary=lina).update(is_active=False)

    assert "fermé par le département" in client.post(address(lina), follow=True).text
    assert not User.objects.get(beneficiary=lina).is_active


def test_who_is_no_guardian_finds_no_such_page(client, lina, enter):
    lina_herself = child_logins.make_child_login(beneficiary_id=lina.pk, actor=lina.guardians.get())[0]
    agent = make_user(is_staff=True)
    agent.guardianships.create(beneficiary=lina)
    family = client.force_login
    for who, come_in in ((make_user("voisin"), family), (lina_herself, family), (agent, enter)):
        come_in(who)
        assert client.get(address(lina)).status_code == 404
        assert client.post(address(lina)).status_code == 404


def test_two_guardians_at_once_make_one_account(at_once):
    parents = [make_user(), make_user()]
    child = make_beneficiary(*parents)
    calls = [
        partial(child_logins.make_child_login, beneficiary_id=child.pk, actor=actor) for actor in parents
    ]

    assert at_once(*calls) == ["done", "done"]
    assert User.objects.count() == 3
