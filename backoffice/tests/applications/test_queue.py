"""One queue by age: taken up, read, decided; what was decided is in the journal."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_agent
from applications.models import Application, ApplicationState, Reason, ReasonUse
from applications.tests.factories import make_application, make_child
from core.money import NBSP

pytestmark = pytest.mark.django_db
STATES = ApplicationState


@pytest.fixture
def application():
    return make_application()


def address(application, act="change"):
    return reverse(f"admin:applications_application_{act}", args=[application.pk])


def state_of(application):
    application.refresh_from_db()
    return application.state


def sentence(use):
    return Reason.objects.filter(use=use)[0]


@pytest.mark.usefixtures("agent")
class TestQueue:
    def test_the_oldest_comes_first_and_the_home_page_counts_those_that_wait(self, client):
        old, young = make_application(), make_application()
        Application.objects.filter(pk=young.pk).update(waiting_since=timezone.now() - dt.timedelta(days=4))
        page = client.get(reverse("admin:applications_application_changelist"))

        assert [row.pk for row in page.context["cl"].result_list] == [young.pk, old.pk]
        assert "4 jours" in page.text
        assert "demandes à lire" in client.get(reverse("admin:index")).text

    def test_the_next_is_taken_up_and_decided_in_one_click_each(self, client, agent):
        several = [make_application() for _ in range(3)]
        take = reverse("admin:applications_application_next")
        for application in several:
            page = client.post(take, follow=True)
            assert f"Accorder 10,00{NBSP}€" in page.text
            page = client.post(address(application, "accepter"), {"sure": "on"}, follow=True)
            assert "demande accordée" in page.text
        assert "Aucune demande n’attend" in client.post(take, follow=True).text

        assert {state_of(it) for it in several} == {STATES.ACCEPTED}
        lines = AuditEntry.objects.filter(action=Action.APPLICATION_ACCEPTED, actor=agent)
        assert [line.details for line in lines] == [f"10,00{NBSP}€ + 10,00{NBSP}€"] * 3

    def test_another_agent_sees_who_reads_it_and_cannot_take_it(self, client, application):
        other = make_agent(first_name="Odile")
        Application.objects.update(claimed_by=other, claimed_at=timezone.now())
        page = client.get(address(application)).text
        assert "Odile" in page
        assert "Je m’en occupe" not in page
        page = client.post(address(application, "take"), follow=True).text
        assert "Un autre agent s’occupe" in page
        client.post(address(application, "accepter"), {"sure": "on"})
        assert state_of(application) == STATES.SENT

        Application.objects.update(claimed_at=timezone.now() - dt.timedelta(minutes=16))
        assert "Je m’en occupe" in client.get(address(application)).text
        assert "Vous vous en occupez" in client.post(address(application, "take"), follow=True).text

    @pytest.mark.parametrize(
        ("act", "use", "state"),
        [
            ("demander-un-papier", ReasonUse.INCOMPLETE, STATES.INCOMPLETE),
            ("refuser", ReasonUse.REFUSED, STATES.REFUSED),
        ],
    )
    def test_a_sentence_of_the_list_is_told_with_what_the_agent_adds(
        self, client, application, act, use, state, mailoutbox
    ):
        chosen = sentence(use)
        client.post(address(application, act), {"sentence": chosen.pk, "more": "Voyez la page 2."})

        assert state_of(application) == state
        assert application.reason == f"{chosen.text} Voyez la page 2."
        assert application.reason in mailoutbox[-1].body
        assert AuditEntry.objects.latest("pk").reason == application.reason[:300]

    def test_without_a_sentence_nothing_is_told(self, client, application):
        page = client.post(address(application, "refuser"), {"more": "Non."})

        assert page.status_code == 200
        assert state_of(application) == STATES.SENT
        other_use = sentence(ReasonUse.INCOMPLETE)
        client.post(address(application, "refuser"), {"sentence": other_use.pk})
        assert state_of(application) == STATES.SENT

    def test_a_refusal_is_reopened_with_a_reason(self, client, application):
        client.post(address(application, "refuser"), {"sentence": sentence(ReasonUse.REFUSED).pk})
        client.post(address(application, "rouvrir"), {"reason": "La famille a raison"})

        assert state_of(application) == STATES.SENT
        assert AuditEntry.objects.latest("pk").action == Action.APPLICATION_REOPENED

    def test_what_was_decided_last_time_is_beside_it(self, client):
        child = make_child()
        first = make_application(child)
        client.post(address(first, "refuser"), {"sentence": sentence(ReasonUse.REFUSED).pk})
        page = client.get(address(make_application(child))).text

        assert "La dernière fois" in page
        assert sentence(ReasonUse.REFUSED).text in page

    def test_staff_edit_the_sentences_and_what_was_told_stays(self, client, application):
        chosen = sentence(ReasonUse.REFUSED)
        client.post(address(application, "refuser"), {"sentence": chosen.pk})
        page = reverse("admin:applications_reason_change", args=[chosen.pk])
        told = chosen.text
        client.post(page, {"kind": chosen.kind, "use": chosen.use, "text": "Autre phrase."})

        chosen.refresh_from_db()
        state_of(application)
        assert (chosen.text, application.reason) == ("Autre phrase.", told)


def test_who_only_answers_calls_sees_how_far_it_is_and_no_paper(client, enter, application):
    enter(make_agent("téléconseiller"))
    page = client.get(address(application)).text

    assert "À lire" in page
    assert "papiers/" not in page
    for act in ("take", "accepter", "refuser", "demander-un-papier", "rouvrir"):
        assert client.post(address(application, act)).status_code == 403
    assert client.post(reverse("admin:applications_application_next")).status_code == 403
