"""« La convention », as a candidate reads and signs it."""

import pytest

from accounts.tests.factories import make_user
from applications import candidacies, deciding
from applications.models import Signature, SigningCode
from applications.signing import DECLARATION

from .conventions import make_convention, make_in_force
from .factories import make_decider
from .organismes import make_candidacy, make_draft
from .signatures import newest_code

pytestmark = pytest.mark.django_db
SAID = {"name": "Camille DURAND", "capacity": "présidente", "read": "on"}


@pytest.fixture
def treasurer(client):
    user = make_user("camille", email="camille@judo.example")
    client.force_login(user)
    return user


@pytest.fixture
def candidacy(treasurer):
    return make_candidacy(treasurer).candidacy


def page_of(candidacy):
    return f"/candidatures/{candidacy.pk}/convention/"


def ask_for_code(client, candidacy, version, **kwargs):
    return client.post(f"{page_of(candidacy)}code/", {"convention": version.pk}, **kwargs)


def test_it_is_read_then_signed(client, candidacy):
    version = make_in_force(text="# Article 1\n\nLe club *accueille*.")
    follow = client.get(f"/candidatures/{candidacy.pk}/").text
    assert "Lire et signer la convention" in follow
    page = client.get(page_of(candidacy)).text
    assert "Le club <em>accueille</em>." in page
    assert "Recevoir le code" in page
    assert "Signer la convention</button>" not in page

    page = ask_for_code(client, candidacy, version, follow=True).text
    assert "camille@judo.example" in page
    assert 'value="présidente"' in page
    assert DECLARATION in page
    code = newest_code()
    said = SAID | {"convention": version.pk, "code": f"{code[:3]} {code[3:]}"}
    page = client.post(page_of(candidacy), said, follow=True)

    assert page.redirect_chain == [(f"/candidatures/{candidacy.pk}/", 302)]
    assert "La convention est signée par Camille DURAND" in page.text
    assert Signature.objects.get().capacity == "présidente"
    assert "Elle est signée" in client.get(page_of(candidacy)).text


def test_what_is_wrong_is_said_beside_the_field(client, candidacy):
    version = make_in_force()
    ask_for_code(client, candidacy, version)
    code = newest_code()
    wrong = f"{(int(code) + 1) % 10**6:06}"
    said = SAID | {"convention": version.pk, "code": wrong}
    page = client.post(page_of(candidacy), said, follow=True)
    assert page.context["form"].errors == {"code": ["Ce n’est pas le dernier code envoyé."]}

    page = client.post(page_of(candidacy), {"convention": version.pk}, follow=True)
    assert set(page.context["form"].errors) == {"name", "capacity", "code", "read"}
    assert not Signature.objects.exists()


def test_who_tries_codes_waits(client, candidacy):
    version = make_in_force()
    ask_for_code(client, candidacy, version)
    code = newest_code()
    for step in range(1, 6):
        said = SAID | {"convention": version.pk, "code": f"{(int(code) + step) % 10**6:06}"}
        client.post(page_of(candidacy), said)

    said = SAID | {"convention": version.pk, "code": code}
    assert client.post(page_of(candidacy), said).status_code == 429
    assert not Signature.objects.exists()


def test_who_asks_for_codes_waits(client, candidacy, mailoutbox):
    version = make_in_force()
    answers = [ask_for_code(client, candidacy, version).status_code for _ in range(6)]

    assert answers == [302] * 5 + [429]


def test_a_version_that_was_not_read(client, candidacy):
    """Another one was in force when the page was drawn."""
    draft, version = make_convention("1"), make_in_force("2")
    ask_for_code(client, candidacy, version)
    said = SAID | {"convention": draft.pk, "code": newest_code()}
    page = client.post(page_of(candidacy), said, follow=True)

    assert page.context["form"].non_field_errors() == ["La convention a changé entre-temps. Relisez la page."]
    assert version.title in page.text
    assert not Signature.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"convention": "x"}, {"convention": 10**30}])
def test_no_code_for_a_version_that_was_not_read(client, candidacy, sent):
    make_in_force()
    page = client.post(f"{page_of(candidacy)}code/", sent, follow=True)

    assert page.redirect_chain == [(page_of(candidacy), 302)]
    assert "La convention a changé entre-temps. Relisez la page." in page.text
    assert not SigningCode.objects.exists()


def test_where_none_is_in_force(client, candidacy):
    assert client.get(page_of(candidacy)).status_code == 404
    assert client.post(f"{page_of(candidacy)}code/").status_code == 404
    assert "la convention" not in client.get(f"/candidatures/{candidacy.pk}/").text


def test_a_draft_has_nothing_to_sign(client, treasurer):
    make_in_force()
    assert client.get(page_of(make_draft(treasurer))).status_code == 404


def test_one_that_was_refused(client, candidacy):
    make_in_force()
    deciding.refuse(application_id=candidacy.application_id, reason="Non.", actor=make_decider())

    assert "il n’y a rien à signer" in client.get(page_of(candidacy)).text
    assert "Lire et signer" not in client.get(f"/candidatures/{candidacy.pk}/").text


def test_one_that_was_withdrawn(client, candidacy):
    make_in_force()
    candidacies.withdraw(candidacy_id=candidacy.pk, actor=candidacy.account)
    assert client.get(page_of(candidacy)).status_code == 404


def test_somebody_else(client, candidacy):
    make_in_force()
    client.force_login(make_user("dominique"))
    assert client.get(page_of(candidacy)).status_code == 404
    assert client.post(f"{page_of(candidacy)}code/").status_code == 404
