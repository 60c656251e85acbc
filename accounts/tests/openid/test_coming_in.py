"""Coming in by FranceConnect or ProConnect, as it should go."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django_otp import DEVICE_ID_SESSION_KEY

from accounts.models import LinkedIdentity, SignIn, User
from accounts.openid import linking, providers
from accounts.tests.factories import PASSWORD, make_agent, make_beneficiary, make_telephone, make_user

pytestmark = pytest.mark.django_db


def test_nothing_is_asked_but_who_it_is_with_a_proof_of_the_code(client, provider):
    there = client.get("/accueil/franceconnect/").headers["Location"]
    sent = parse_qs(urlsplit(there).query)

    assert there.startswith(f"{provider.issuer}/authorize?")
    assert (sent["scope"], sent["response_type"], sent["acr_values"]) == (["openid"], ["code"], ["eidas1"])
    assert sent["redirect_uri"] == [f"{settings.SITE_URL}/accueil/franceconnect/retour/"]
    assert sent["code_challenge_method"] == ["S256"]
    assert all(len(sent[name][0]) >= 20 for name in ("nonce", "state"))


def test_the_first_time_the_password_of_the_account_is_asked_for(client, come_back):
    assert come_back().headers["Location"] == "/accueil/franceconnect/associer/"
    assert get_user(client).is_anonymous
    page = client.get("/accueil/franceconnect/associer/").content.decode()
    assert "<h1>Associer FranceConnect</h1>" in page


def test_from_then_on_it_opens_the_account_alone(client, link, come_back, mailoutbox):
    camille = make_user("camille", email="camille@famille.example")
    assert link("camille", PASSWORD).headers["Location"] == "/"
    client.post("/deconnexion/")

    assert come_back().headers["Location"] == "/"
    assert get_user(client) == camille
    assert SignIn.objects.filter(user=camille).count() == 2


def test_who_went_there_from_its_account_types_the_password_too(client, come_back):
    client.force_login(make_user("camille"))

    assert come_back().headers["Location"] == "/accueil/franceconnect/associer/"
    assert not LinkedIdentity.objects.exists()


def test_one_person_opens_one_account(client, link, come_back):
    first, second = make_user("camille"), make_user("camille2")
    link("camille", PASSWORD)
    client.post("/deconnexion/")
    [provider, _] = providers.all_known()
    linking.link(user_id=second.pk, provider=provider, subject="somebody")

    assert [*LinkedIdentity.objects.values_list("user", flat=True)] == [second.pk]
    come_back()
    assert get_user(client) == second
    assert first.linked_identities.count() == 0


def test_the_account_says_since_when_and_takes_it_back(client, link, come_back):
    make_user("camille")
    link("camille", PASSWORD)
    page = client.get("/mon-compte/").content.decode()
    assert "Ne plus associer FranceConnect" in page
    assert "ProConnect" not in page

    client.post("/mon-compte/franceconnect/dissocier/")
    client.post("/deconnexion/")
    assert come_back().headers["Location"] == "/accueil/franceconnect/associer/"


def test_who_logs_out_ends_the_session_there_too(client, link, provider):
    make_user("camille")
    link("camille", PASSWORD)
    out = client.post("/deconnexion/").headers["Location"]

    assert out.startswith(f"{provider.issuer}/session/end?")
    assert parse_qs(urlsplit(out).query)["id_token_hint"][0].count(".") == 2
    assert get_user(client).is_anonymous


def test_who_came_in_by_the_password_logs_out_here_alone(client, provider):
    make_user("camille")
    client.post("/accueil/", {"username": "camille", "password": PASSWORD})

    assert client.post("/deconnexion/").headers["Location"] == "/accueil/"


def test_an_agent_has_its_second_factor_still_to_give(client, link, come_back):
    agent = make_agent()
    User.objects.filter(pk=agent.pk).update(username="agent")
    assert link("agent", PASSWORD, "proconnect").headers["Location"] == "/admin/"
    client.post("/deconnexion/")

    assert come_back("proconnect").headers["Location"] == "/admin/"
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/admin/second-facteur/")


def test_an_agent_who_leaves_the_administration_ends_the_session_there_too(client, link, provider):
    agent = make_agent()
    User.objects.filter(pk=agent.pk).update(username="agent")
    link("agent", PASSWORD, "proconnect")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = make_telephone(agent).persistent_id
    session.save()

    assert client.post("/admin/logout/").headers["Location"].startswith(f"{provider.issuer}/session/end?")
    assert get_user(client).is_anonymous


def test_the_doors_are_shown_where_they_are(client, provider):
    assert "S’identifier avec FranceConnect" in client.get("/accueil/").content.decode()
    assert "S’identifier avec ProConnect" in client.get("/admin/login/").content.decode()


class TestWithoutAnyService:
    def test_there_is_no_door(self, client):
        assert "FranceConnect" not in client.get("/accueil/").content.decode()
        assert "ProConnect" not in client.get("/admin/login/").content.decode()
        for address in ("", "retour/", "associer/"):
            assert client.get(f"/accueil/franceconnect/{address}").status_code == 404

    def test_an_account_says_nothing_of_it(self, client):
        client.force_login(make_user("camille"))

        assert "FranceConnect" not in client.get("/mon-compte/").content.decode()
        assert client.post("/mon-compte/franceconnect/dissocier/").status_code == 404


class TestWhoIsNotVouchedFor:
    def test_an_agent_by_franceconnect(self, client, link):
        agent = make_agent()
        User.objects.filter(pk=agent.pk).update(username="agent")
        page = link("agent", PASSWORD)

        assert "pas celui d’un agent" in page.content.decode()
        assert get_user(client).is_anonymous

    def test_a_family_by_proconnect(self, client, link):
        make_user("camille")

        assert "celui d’une famille" in link("camille", PASSWORD, "proconnect").content.decode()
        assert get_user(client).is_anonymous

    def test_a_child(self, client, link):
        child = make_beneficiary(make_user("parent"))
        child.user = make_user("lina")
        child.save(update_fields=["user"])

        assert "le compte d’un adulte" in link("lina", PASSWORD).content.decode()

    def test_who_became_an_agent_since(self, client, link, come_back):
        camille = make_user("camille")
        link("camille", PASSWORD)
        client.post("/deconnexion/")
        User.objects.filter(pk=camille.pk).update(is_staff=True)

        assert come_back().headers["Location"] == "/accueil/franceconnect/associer/"
