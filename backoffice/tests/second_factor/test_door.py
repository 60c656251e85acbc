"""A password alone opens nothing."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.urls import reverse

from accounts.models import Telephone
from accounts.tests.factories import make_user, shown_by

from .telephones import FACTOR, INDEX

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", [INDEX, reverse("admin:tickets_ticket_changelist")])
def test_a_password_alone_leads_to_the_second_factor_and_back(client, telephone, address):
    response = client.get(address, follow=True)

    assert response.redirect_chain[-1][0].startswith(FACTOR)
    entered = client.post(response.redirect_chain[-1][0], {"code": shown_by(telephone)})
    assert entered.url == address
    assert client.get(address).status_code == 200


class TestHalfWayIn:
    """security.md F22: who has only an agent's password reaches the second factor and nothing else."""

    @pytest.mark.parametrize("path", ["/mon-compte/", "/mon-compte/e-mail/", "/mon-compte/mot-de-passe/"])
    def test_pages_of_the_account_ask_for_it(self, client, telephone, path):
        response = client.get(path)
        assert response.url == f"{FACTOR}?next={quote(path, safe='')}"

        assert client.post(response.url, {"code": shown_by(telephone)}).url == path
        assert client.get(path).status_code == 200

    def test_what_is_sent_is_said_to_have_done_nothing(self, client, agent, telephone):
        response = client.post("/mon-compte/appareils/", follow=True)

        assert response.redirect_chain[-1][0].startswith(FACTOR)
        assert "pas été enregistré" in response.text
        assert type(agent).objects.get(pk=agent.pk).session_salt == agent.session_salt

    def test_one_may_leave(self, client, telephone):
        client.post("/deconnexion/")

        assert "_auth_user_id" not in client.session

    def test_families_are_asked_for_nothing(self, client):
        client.force_login(make_user("camille"))

        assert client.get("/mon-compte/").status_code == 200


def test_the_session_ends_with_the_browser_whatever_was_ticked(client, agent, telephone):
    session = client.session
    session.set_expiry(dt.timedelta(days=30))
    session.save()
    before = session.session_key

    client.post(FACTOR, {"code": shown_by(telephone)})

    assert client.session.get_expire_at_browser_close()
    assert client.session.session_key != before


@pytest.mark.parametrize("wanted", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:a"])
def test_it_leads_nowhere_else(client, telephone, wanted):
    assert client.post(f"{FACTOR}?next={wanted}", {"code": shown_by(telephone)}).url == INDEX


@pytest.mark.parametrize("fields", [{}, {"is_staff": True, "is_active": False}])
def test_it_is_not_there_for_others(client, fields):
    client.force_login(make_user("camille", **fields))

    assert client.get(FACTOR).status_code in {302, 404}
    assert not Telephone.objects.exists()


def test_before_it_nothing_is_told_of_what_is_behind(client, telephone):
    assert "Bénéficiaires" not in client.get(FACTOR).text
