"""Another guardian as agents read it: who asks for whom, then an invitation by one act."""

import pytest
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from accounts.models import EndedGuardianship
from accounts.tests.factories import make_user
from applications.models import Application, ApplicationState, OtherGuardian
from applications.tests.factories import make_application, make_child, make_guardian_request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agent")]
ADDRESS = "dominique@famille.example"


@pytest.fixture
def child():
    return make_child(make_user("camille", first_name="Camille", last_name="MARTIN"))


@pytest.fixture
def application(child):
    return make_guardian_request(child)


def address(application, act="change"):
    return reverse(f"admin:applications_application_{act}", args=[application.pk])


def read(client, application):
    """« Je m'en occupe », and the page."""
    return client.post(address(application, "take"), follow=True).text


def invite(client, application):
    return client.post(address(application, "inviter"), {"sure": "on"}, follow=True).text


def state_of(application):
    application.refresh_from_db()
    return application.state


def test_who_asks_for_whom_and_one_click(client, application, child, agent, mailoutbox):
    page = read(client, application)
    for told in (
        "Camille MARTIN",
        "Dominique LEROY",
        ADDRESS,
        "aucun",
        "pas encore",
        "Inviter ce",
    ):
        assert told in page
    assert "Accorder" not in page
    page = invite(client, application)

    assert "demande accordée" in page
    assert state_of(application) == ApplicationState.ACCEPTED
    assert [ADDRESS] in [mail.to for mail in mailoutbox]
    line = AuditEntry.objects.get(action=Action.APPLICATION_ACCEPTED)
    assert (line.actor, line.details) == (agent, f"Dominique LEROY, {ADDRESS}")
    assert child.guardians.count() == 1
    assert "partie, bonne jusqu’au" in client.get(address(application)).text


def test_the_accounts_of_the_address_are_shown_to_agents(client, application):
    known = make_user("dominique", email=ADDRESS.upper(), first_name="Dom", last_name="LEROY-ROCHE")

    page = read(client, application)
    assert "Dom LEROY-ROCHE" in page
    assert reverse("admin:accounts_user_change", args=[known.pk]) in page


@pytest.mark.parametrize(
    "who", [{"email": ADDRESS}, {"first_name": "DOMINIQUE", "last_name": "Leroy"}], ids=["address", "names"]
)
def test_of_one_whom_an_agent_took_away_or_who_is_there_it_warns(client, application, child, who):
    user = make_user("dominique", **{"email": "autre@famille.example", **who})
    EndedGuardianship.objects.create(user=user, beneficiary=child)
    assert "Un agent a retiré" in read(client, application)

    EndedGuardianship.objects.all().delete()
    child.guardians.add(user)
    assert "est déjà responsable de cet enfant" in client.get(address(application)).text


def test_reopened_until_the_link_has_served(client, application):
    invite(client, application)
    client.post(address(application, "rouvrir"), {"reason": "Mauvaise adresse"})
    assert state_of(application) == ApplicationState.SENT

    invite(client, application)
    OtherGuardian.objects.update(joined_at=application.sent_at)
    client.post(address(application, "rouvrir"), {"reason": "Erreur"})
    assert state_of(application) == ApplicationState.ACCEPTED


def test_each_kind_has_its_own_act_and_sentences(client, application, child):
    scholarship = make_application(child)
    client.post(address(application, "accepter"), {"sure": "on"})
    invite(client, scholarship)

    assert {it.state for it in Application.objects.all()} == {ApplicationState.SENT}
    page = client.get(address(application, "refuser")).text
    assert "Ce papier ne dit pas que cette personne" in page
    assert "bourse" not in page


def test_once_forgotten_its_page_still_tells_what_was_decided(client, application):
    invite(client, application)
    OtherGuardian.objects.all().delete()

    page = client.get(address(application)).text
    assert "Accordée le" in page
