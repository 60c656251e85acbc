"""« Pas encore inscrit ? »: one field, one answer, one message."""

import pytest

from accounts import signing_up
from accounts.models import SignUp, User
from accounts.tests.factories import make_user
from core.tests.queue import work

from .links import ADDRESS, PAGE, ask, link_of

pytestmark = pytest.mark.django_db


def test_the_link_comes_by_e_mail(client, mailoutbox):
    assert "Un e-mail vient de partir" in ask(client).text

    [message] = mailoutbox
    assert message.to == [ADDRESS]
    assert client.get(link_of(message)).status_code == 200
    assert not User.objects.exists()


def test_who_received_nothing_begins_again_where_it_began(client):
    """An organisme was led to the page of families."""
    page = ask(client).text.partition("<main")[2]

    for again in (PAGE, "/devenir-partenaire/"):
        assert f'href="{again}"' in page


@pytest.mark.parametrize("address", [ADDRESS, "ANNE@famille.example", " Anne <anne@famille.example>"])
def test_of_an_address_that_has_an_account_the_message_says_so(client, mailoutbox, address):
    make_user("anne.lenormand", email=ADDRESS)
    make_user("fermee", email=ADDRESS, is_active=False)
    known = ask(client, address)
    unknown = ask(client, "personne@famille.example")

    assert known.content == unknown.content
    message = mailoutbox[0]
    assert message.subject.startswith("Vous avez déjà un compte")
    assert "anne.lenormand" in message.body
    assert "fermee" not in message.body
    assert PAGE not in message.body
    assert SignUp.objects.get().email == "personne@famille.example"


def test_the_page_itself_looks_for_nobody(client, mailoutbox):
    make_user("anne", email=ADDRESS)
    client.post(PAGE, {"email": ADDRESS})

    assert mailoutbox == []
    assert work() == 1
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("address", ["", "anne", "anne@", f"{'a' * 260}@x.example"])
def test_what_is_no_address_is_told_at_once(client, mailoutbox, address):
    response = ask(client, address)

    assert response.context["form"].errors["email"]
    assert not SignUp.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_deliverers_write_once(at_once, mailoutbox):
    signing_up.ask(email=ADDRESS)

    assert at_once(work, work) == ["done", "done"]
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("address", [ADDRESS, "personne@famille.example"])
def test_the_fourth_message_waits_whoever_it_is_for(client, address):
    make_user("anne", email=ADDRESS)
    for _ in range(3):
        assert client.post(PAGE, {"email": address}).status_code == 302
    response = client.post(PAGE, {"email": address.upper()})

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "60"
    assert SignUp.objects.count() == 3


def test_one_place_that_writes_to_everybody(client):
    statuses = [client.post(PAGE, {"email": f"a{n}@x.example"}).status_code for n in range(101)]

    assert statuses == [302] * 100 + [429]
