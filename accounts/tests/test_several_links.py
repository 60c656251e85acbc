"""cases 1 and 3: several links in one browser, and forms that say whose password it is."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts import identifiers, links, services
from accounts.links import Channel
from accounts.models import User
from accounts.tests.factories import make_user
from core.tests.queue import work

pytestmark = pytest.mark.django_db
NEW = {"new_password1": "trois tulipes mauves", "new_password2": "trois tulipes mauves"}


def has_it(user):
    return User.objects.get(pk=user.pk).check_password(NEW["new_password1"])


def test_each_link_of_one_message_serves_its_own_account(client, mailoutbox):
    """cases 1: the second link took the place of the first one in the session."""
    users = [make_user(name, email="famille@famille.example") for name in ("camille", "garance")]
    identifiers.ask(contact="famille@famille.example")
    work()
    first, second = re.findall(r"https?://[^/]+(/accueil/nouveau-mot-de-passe/\S+)", mailoutbox[0].body)
    for link in (first, second):
        assert client.get(link, follow=True).context["validlink"]

    assert client.post(first, NEW).status_code == 302
    assert [has_it(user) for user in users] == [True, False]
    assert client.post(second, NEW).status_code == 302
    assert has_it(users[1])


def test_each_letter_scanned_by_one_telephone_too(client):
    users = services.new_access_codes(user_ids=[make_user(n, password=None).pk for n in ("lina", "malo")])
    forms = [client.get(links.access_path(user, Channel.HAND)).headers["Location"] for user in users]
    for form in forms:
        client.get(form)
        assert client.post(form, NEW).status_code == 302

    assert all(map(has_it, users))


def test_the_form_needs_no_session(client):
    link = links.password_path(make_user(), Channel.MAIL)
    client.get(link)

    assert Client().post(link, NEW).status_code == 302


def test_what_follows_does_not_learn_the_address(client):
    """It opens the account. An origin is said: the check of forged forms needs one."""
    response = client.get(links.password_path(make_user(), Channel.MAIL))

    assert response.headers["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("spoilt", ["x/y", "é/y", "MA/y", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk/y"])
def test_a_link_that_is_none_says_what_to_do(client, spoilt):
    response = client.get(f"/accueil/nouveau-mot-de-passe/{spoilt}/")

    assert response.context["validlink"] is False
    assert reverse("accounts:forgotten") in response.text
    assert reverse("accounts:activate") in response.text


@pytest.mark.parametrize("path", ["reset", "/mon-compte/mot-de-passe/", "/mon-compte/e-mail/"])
def test_a_password_manager_learns_whose_password_it_is(client, path):
    """cases 3: it kept the new password without a name."""
    user = make_user("camille.durand")
    client.force_login(user)
    page = client.get(links.password_path(user, Channel.MAIL) if path == "reset" else path).text
    form = re.search(r'<form method="post" class="stack".*?</form>', page, re.DOTALL)[0]
    [field] = re.findall(r"<input[^>]*username[^>]*>", form)

    assert 'value="camille.durand"' in field
    assert "readonly" in field
    assert form.index(field) < form.index('type="password"')


def test_every_template_that_takes_a_password_says_whose(settings):
    folder = settings.BASE_DIR / "templates" / "accounts"
    pages = {path.name: path.read_text() for path in folder.glob("*.html")}
    taking = {name for name, page in pages.items() if re.search(r"form_field\(form\.\w*password", page)}

    assert taking == {"email.html", "link_identity.html", "login.html", "password.html", "reset.html"}
    assert all("username" in pages[name] for name in taking)
