"""« L'accès de … est prêt », as a page of its own; and what its link says once it is dead."""

import re

import pytest
from django.test import Client

from accounts import child_logins
from accounts.models import User
from accounts.tests.factories import make_beneficiary, make_user

pytestmark = pytest.mark.django_db
NEW = {"new_password1": "trois tulipes mauves", "new_password2": "trois tulipes mauves"}


@pytest.fixture
def other():
    return make_user("autre", email="autre@famille.example")


@pytest.fixture
def lina(client, other):
    parent = make_user("parent")
    client.force_login(parent)
    return make_beneficiary(parent, other, first_name="Lina")


def page(child, last=""):
    return f"/beneficiaires/{child.public_id}/compte/{last}"


def link_on(text):
    return re.search(r'href="https?://[^/]+(/accueil/nouveau-mot-de-passe/[^"]+)"', text)[1]


def test_reloaded_it_kills_no_link(client, lina, mailoutbox):
    """family.md 24: a reload made another link, and the one just scanned was dead."""
    answer = client.post(page(lina))
    assert (answer.status_code, answer.url) == (302, page(lina, "pret/"))
    scanned = link_on(client.get(answer.url).text)
    again = link_on(client.get(answer.url).text)

    assert Client().get(scanned).context["validlink"]
    assert Client().get(again).context["validlink"]
    # Told once, whatever is reloaded.
    assert [message.to for message in mailoutbox] == [["autre@famille.example"]]


def test_the_link_can_be_sent(client, lina):
    """family.md 24: it could only be scanned on the spot."""
    text = client.post(page(lina), follow=True).text

    assert re.search(r'<input type="url"[^>]* value="http[^"]+/accueil/nouveau-mot-de-passe/', text)


def test_once_the_password_is_chosen_there_is_no_such_page(client, lina):
    link = link_on(client.post(page(lina), follow=True).text)
    Client().post(link, NEW)

    assert client.get(page(lina, "pret/")).status_code == 404


def test_who_did_not_make_it_does_not_see_it(client, lina, other):
    client.post(page(lina))
    client.force_login(other)

    assert client.get(page(lina, "pret/")).status_code == 404


def test_of_a_closed_login(client, lina):
    client.post(page(lina))
    User.objects.filter(beneficiary=lina).update(is_active=False)

    assert client.get(page(lina, "pret/")).status_code == 404


def test_a_childs_dead_link_sends_to_a_parent(client, lina):
    """family.md 24: it sent an e-mail to an account that has none."""
    dead = link_on(client.post(page(lina), follow=True).text)
    client.post(page(lina))
    told = Client().get(dead)

    assert told.context["validlink"] is False
    assert "Demande à un parent de refaire l’accès" in told.text
    assert "identifiants-oublies" not in told.text


def test_the_link_of_a_childs_login_alone_says_so(lina):
    _, link = child_logins.make_child_login(beneficiary_id=lina.pk, actor=User.objects.get(username="parent"))

    assert link.endswith("/?enfant")
