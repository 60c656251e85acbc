"""A sheet that an organisme asks for, as agents read it: what it says today, then what it is to say."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.audit import AuditEntry
from accounts.tests.factories import make_agent
from applications.models import Application, ApplicationState
from applications.tests.conventions import make_in_force
from applications.tests.sheets import NEW_PHONE, make_sheet_request
from partners.models import Membership, Partner
from partners.tests.factories import make_partner
from wallets.tests.factories import days

pytestmark = pytest.mark.django_db
# As a browser sends a form that asks nothing.
CLICK = {"csrfmiddlewaretoken": "x"}


@pytest.fixture
def application():
    return make_sheet_request(other_activities="Gospel")


@pytest.fixture(autouse=True)
def agent(enter):
    agent = make_agent()
    enter(agent)
    return agent


def address(application, act="change"):
    return reverse(f"admin:applications_application_{act}", args=[application.pk])


def read(client, application):
    """« Je m'en occupe », and the page."""
    return client.post(address(application, "take"), follow=True).text


def test_it_is_read_beside_what_the_sheet_says(client, application):
    page = read(client, application)

    for told in (
        "CHORALE D’ANTONY",
        f"01 40 96 00 00 → {NEW_PHONE}",
        "Gospel",
        "Changer la fiche",
        "Refuser",
    ):
        assert told in page
    assert "Demander un autre papier" not in page
    assert "Papiers" not in page
    assert "a changé depuis" not in page
    assert application.partner.name in client.get("/admin/applications/application/?q=chorale").text


def test_what_changed_meanwhile_is_said(client, application):
    Partner.objects.update(phone="01 40 96 11 11")
    page = read(client, application)

    assert f"01 40 96 11 11 → {NEW_PHONE}" in page
    assert "Sa fiche a changé depuis cette demande." in page


def test_it_is_changed_in_one_click_and_the_journal_says_from_what(client, application, agent):
    read(client, application)
    page = client.post(address(application, "changer-la-fiche"), CLICK, follow=True).text

    assert "C’est fait" in page
    partner = Partner.objects.get()
    assert partner.phone == NEW_PHONE
    line = AuditEntry.objects.about(partner).get()
    assert (line.actor, line.details) == (agent, str(application))
    assert line.changes[0] == ["Téléphone", "01 40 96 00 00", NEW_PHONE]
    history = client.get(reverse("admin:partners_partner_history", args=[partner.pk])).text
    assert f"01 40 96 00 00 → {NEW_PHONE}" in history
    assert "2 changements" in AuditEntry.objects.about(application).get().details


def test_who_is_no_manager_any_more_is_said(client, application):
    assert "n’est plus responsable" not in read(client, application)
    Membership.objects.update(closed_at=timezone.now())

    assert "n’est plus responsable" in client.get(address(application)).text


def test_a_namesake_is_said(client, application):
    other = make_partner("Judo club d’Antony")
    application.new_sheet.edits.create(column="name", before="CHORALE D’ANTONY", after="JUDO CLUB D’ANTONY")

    assert f"Judo club d’Antony (fiche {other.pk})" in read(client, application)


def test_a_renewal_has_its_last_day_and_the_convention_is_spoken_of(client, application):
    Partner.objects.update(affiliated_until=days(10))
    application.new_sheet.renews = True
    application.new_sheet.save(update_fields=["renews"])
    page = read(client, application)
    for warning in ("pas signé la convention", "a changé depuis", "Ses paiements sont suspendus"):
        assert warning not in page
    make_in_force()
    Partner.objects.update(payments_suspended_on=days(-1))
    page = client.get(address(application)).text
    assert "pas signé la convention" in page
    assert "Ses paiements sont suspendus depuis le" in page
    assert f'value="{days(10).replace(year=days(10).year + 1):%d/%m/%Y}"' in page
    wrong = client.post(
        address(application, "changer-la-fiche"), {"affiliated_until": days(9).strftime("%d/%m/%Y")}
    )
    assert "Donnez un jour après le" in wrong.text
    client.post(address(application, "changer-la-fiche"), {"affiliated_until": "31/08/2099"})

    assert Partner.objects.get().affiliated_until == dt.date(2099, 8, 31)


def test_it_is_refused_with_a_reason_of_the_list(client, application):
    page = read(client, application)
    assert "Ce nom n’est pas celui du registre" in page
    form = client.get(address(application, "refuser")).context["form"]
    sentence = form.fields["sentence"].queryset.first()
    client.post(address(application, "refuser"), {"sentence": sentence.pk})

    application = Application.objects.get()
    assert (application.state, application.reason) == (ApplicationState.REFUSED, sentence.text)
