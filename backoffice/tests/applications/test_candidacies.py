"""A candidacy as agents read it: which organismes it is like, then a new organisme or that one."""

import pytest
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_user
from applications.exceptions import NotSigned
from applications.models import Application, ApplicationState
from applications.tests.conventions import make_in_force
from applications.tests.factories import make_enrolment
from applications.tests.organismes import SIRET, make_candidacy
from applications.tests.signatures import make_signature
from partners.models import Membership, Partner, Role
from partners.tests.factories import make_commune, make_partner
from partners.tests.members import make_member
from wallets.tests.factories import days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agent")]


@pytest.fixture
def application():
    return make_candidacy(make_user("camille", email="camille@judo.example"))


def address(application, act="change"):
    return reverse(f"admin:applications_application_{act}", args=[application.pk])


def read(client, application):
    """« Je m'en occupe », and the page."""
    return client.post(address(application, "take"), follow=True).text


def affiliate(client, application, **said):
    offers = [it.pk for it in application.candidacy.offers.all()]
    said = {"partner": "nouveau", "offers": offers, **said}
    return client.post(address(application, "affilier"), said, follow=True)


def test_the_form_is_beside_what_the_organisme_says(client, application):
    page = read(client, application)

    for told in (
        *("JUDO CLUB D’ANTONY", "732 829 320 00074", "W922001234", "3 rue des Sports, 92160 Antony"),
        *("présidente", "camille@judo.example", "Judo (Sport)", "Un nouvel organisme"),
        "Il manque les statuts de l’association.",
    ):
        assert told in page
    assert "Ressemble à" not in page
    assert "par porte-monnaie" not in page


def test_a_new_organisme_in_one_click(client, application, agent):
    page = affiliate(client, application).text

    partner = Partner.objects.get()
    assert (partner.siret, partner.offers.count()) == (SIRET, 1)
    assert Membership.objects.get().role == Role.MANAGER
    application.refresh_from_db()
    assert application.state == ApplicationState.ACCEPTED
    line = AuditEntry.objects.get(action=Action.APPLICATION_ACCEPTED)
    assert (line.actor, line.details) == (agent, f"JUDO CLUB D’ANTONY ({partner.pk})")
    assert "C’est fait" in page


@pytest.mark.parametrize(
    "same",
    [
        {"siret": "73282932000082", "name": "AUTRE NOM"},
        {"rna": "W922001234", "name": "AUTRE NOM"},
        {"name": "Antony – Judo-club"},
    ],
    ids=["SIREN", "RNA", "name"],
)
def test_which_one_it_is_like_is_shown_and_an_agent_chooses(client, application, same):
    known = make_partner(same.pop("name"), affiliated_until=days(-1), **same)
    page = read(client, application)
    assert f"Reprendre la fiche de {known}" in page
    assert "affiliation finie, aucun membre" in page

    client.post(address(application, "affilier"), {"offers": []})
    application.refresh_from_db()
    assert application.state == ApplicationState.SENT
    affiliate(client, application, partner=known.pk)
    assert Partner.objects.count() == 1
    assert Membership.objects.get().partner == known


def test_a_namesake_of_another_town_is_not_like_it(client, application):
    make_partner("JUDO CLUB D’ANTONY", commune=make_commune("92071", "Sceaux"))

    assert "Ressemble à" not in read(client, application)


def test_one_that_is_not_among_the_choices_is_refused(client, application):
    affiliate(client, application, partner=make_partner("TENNIS").pk)

    application.refresh_from_db()
    assert application.state == ApplicationState.SENT


def test_one_that_has_members_is_not_given_away(client, application):
    known = make_partner("JUDO CLUB D’ANTONY")
    make_member(known)
    page = affiliate(client, application, partner=known.pk).text

    assert "Des membres agissent pour cet organisme" in page
    assert not Membership.objects.filter(user__username="camille").exists()


def test_who_else_asks_for_it_is_told(client, application):
    other = make_candidacy(make_user("dominique"))

    assert f"{other} a le même SIRET." in read(client, application)


def test_what_is_not_in_the_list_of_activities_is_told(client):
    application = make_candidacy(other_activities="Pelote basque")

    assert "Pelote basque" in read(client, application)


def test_each_kind_has_its_own_act(client, application):
    client.post(address(application, "inscrire"), {"child": "nouveau"})
    client.post(address(application, "accepter"), {})
    client.post(address(make_enrolment(), "affilier"), {"partner": "nouveau"})

    assert not Partner.objects.exists()
    assert {*Application.objects.values_list("state", flat=True)} == {ApplicationState.SENT}


def test_it_is_found_by_its_name_and_its_siret(client, application):
    make_enrolment()
    for words in ("judo", SIRET):
        page = client.get(reverse("admin:applications_application_changelist"), {"q": words}).text
        assert "JUDO CLUB" in page
        assert "Maël" not in page


def test_the_convention_is_signed_first(client, application, agent):
    version = make_in_force()
    assert NotSigned.sentence in read(client, application)
    assert NotSigned.sentence in affiliate(client, application).text
    assert not Partner.objects.exists()

    signature = make_signature(application, version)
    page = client.get(address(application)).text
    assert "signée par Camille DURAND, présidente" in page
    assert NotSigned.sentence not in page
    affiliate(client, application)
    assert signature.countersignature.agent == agent
