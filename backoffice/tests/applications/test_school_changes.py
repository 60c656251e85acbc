"""A change of school as agents read it: beside where the child is today, then done by one act."""

import pytest
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from accounts.models import School
from applications.changing_school import place_of
from applications.models import ApplicationState
from applications.tests.factories import make_application, make_child, make_school_change
from wallets.tests.factories import days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agent")]


@pytest.fixture
def child():
    return make_child()


def address(application, act="change"):
    return reverse(f"admin:applications_application_{act}", args=[application.pk])


def read(client, application):
    """« Je m'en occupe », and the page."""
    return client.post(address(application, "take"), follow=True)


def change(client, application, **said):
    return client.post(address(application, "changer-de-college"), {"sure": "on", **said}, follow=True)


def state_of(application):
    application.refresh_from_db()
    return application.state


def test_it_is_beside_the_school_of_today_and_done_in_one_click(client, child, agent):
    application, before = make_school_change(child), place_of(child)
    page = read(client, application).text
    for told in (before, "Collège Marie Curie", "Changer de collège", f"{days(0):%d/%m/%Y}"):
        assert told in page
    for other in ("Accorder", "Inscrire", "à venir"):
        assert other not in page
    page = change(client, application).text

    child.refresh_from_db()
    assert (child.school_id, child.grade) == ("0920002Y", "5")
    assert state_of(application) == ApplicationState.ACCEPTED
    line = AuditEntry.objects.get(action=Action.APPLICATION_ACCEPTED)
    assert (line.actor, line.details) == (agent, f"{before} → Collège Marie Curie, 5e")
    assert "demande accordée" in page


def test_a_college_of_no_list_is_chosen_by_the_agent(client, child):
    application = make_school_change(child, school=None, other_school="Collège Rodin, Paris")
    assert "pas dans la liste" in read(client, application).text
    change(client, application)
    assert state_of(application) == ApplicationState.SENT

    rodin = School.objects.create(uai="0750001Y", name="Collège Rodin", insee_code="75113")
    change(client, application, school=rodin.pk)
    child.refresh_from_db()
    assert child.school == rodin


def test_a_day_to_come_is_warned_of(client, child):
    application = make_school_change(child, since=days(20))

    assert "à venir" in read(client, application).text


def test_each_kind_has_its_own_act_and_sentences(client, child):
    scholarship, application = make_application(child), make_school_change(child)
    client.post(address(application, "accepter"), {"sure": "on"})
    change(client, scholarship)
    assert (state_of(application), state_of(scholarship)) == (ApplicationState.SENT,) * 2

    page = client.get(address(application, "refuser")).text
    assert "Ce papier dit un autre collège" in page
    assert "bourse" not in page


def test_once_forgotten_its_page_still_tells_what_was_decided(client, child):
    application = make_school_change(child)
    change(client, application)
    application.new_school.delete()

    assert "Accordée le" in client.get(address(application)).text


def test_the_page_of_the_family_tells_of_it(client, child):
    make_school_change(child)

    page = client.get(reverse("admin:accounts_beneficiary_famille", args=[child.pk])).text
    assert "changement de collège" in page
