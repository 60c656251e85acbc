"""On a parent's page the children that it asks for; above the queue what a week was."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_agent, make_user
from applications import deciding
from applications.accepting import accept_enrolment
from applications.models import Application
from applications.tests.factories import make_application, make_decider, make_enrolment
from core.money import NBSP

pytestmark = pytest.mark.django_db
QUEUE = "admin:applications_application_changelist"


def account_page(client, user):
    return client.get(reverse("admin:accounts_user_change", args=[user.pk])).text


@pytest.mark.usefixtures("agent")
class TestOnTheParentsPage:
    @pytest.fixture
    def parent(self):
        return make_user("camille")

    def test_what_waits_for_an_agent_or_for_the_parent(self, client, parent):
        first, second = make_enrolment(parent), make_enrolment(parent, first_name="Noé")
        deciding.ask(application_id=second.pk, reason="Une page manque.", actor=make_decider())
        page = account_page(client, parent)

        for asked, told in ((first, "Maël LEROY</a> (à lire"), (second, "Noé LEROY</a> (à compléter")):
            assert told in page
            assert reverse("admin:applications_application_change", args=[asked.pk]) in page

    def test_what_was_answered_or_is_another_s_is_not_there(self, client, parent):
        accepted = make_enrolment(parent)
        accept_enrolment(application_id=accepted.pk, actor=make_decider())
        refused = make_enrolment(parent, first_name="Noé")
        deciding.refuse(application_id=refused.pk, reason="Non.", actor=make_decider())
        make_enrolment(make_user("dominique"), first_name="Lou")
        page = account_page(client, parent)

        assert "inscriptions en cours" in page.lower()
        for named in ("Noé LEROY", "Lou LEROY", "(à lire"):
            assert named not in page

    def test_a_new_account_has_none(self, client):
        make_enrolment()

        assert "Maël LEROY" not in client.get(reverse("admin:accounts_user_add")).text


class TestAboveTheQueue:
    def test_each_agent_reads_the_week(self, client, enter):
        old = make_application()
        Application.objects.filter(pk=old.pk).update(waiting_since=timezone.now() - dt.timedelta(days=6))
        make_application()
        for act, fields in ((deciding.accept, {}), (deciding.refuse, {"reason": "Non."})):
            act(application_id=make_application().pk, actor=make_decider(), **fields)
        enter(make_agent("téléconseiller"))
        page = client.get(reverse(QUEUE)).text

        for told in (
            "<b>4 déposées, 1 accordée, 1 refusée, 0 à compléter</b>",
            f"<b>moins d’un{NBSP}jour</b>",
            "<b>2 attendent</b> un agent, la plus ancienne depuis <b>6 jours</b>",
        ):
            assert told in page

    @pytest.mark.usefixtures("agent")
    def test_of_an_empty_one(self, client):
        page = client.get(reverse(QUEUE)).text

        assert "Aucune n’attend un agent" in page
        assert "Délai médian" not in page
