"""An enrolment as agents read it: whom the child is like, then a new child or that one."""

import pytest
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from accounts.models import Beneficiary, EndedGuardianship, Guardianship, School
from accounts.tests.factories import make_beneficiary, make_user
from applications.models import Application, ApplicationState
from applications.tests.factories import make_application, make_enrolment, make_last_year_s, make_renewal
from core.money import NBSP
from wallets.models import Wallet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agent")]


@pytest.fixture
def parent():
    return make_user("camille", first_name="Camille", phone="0612345678")


@pytest.fixture
def application(parent):
    return make_enrolment(parent)


def address(application, act="change"):
    return reverse(f"admin:applications_application_{act}", args=[application.pk])


def read(client, application):
    """« Je m'en occupe », and the page."""
    return client.post(address(application, "take"), follow=True)


def enrol(client, application, **said):
    return client.post(address(application, "inscrire"), {"child": "nouveau", **said}, follow=True)


def state_of(application):
    application.refresh_from_db()
    return application.state


def test_the_form_is_beside_what_the_family_says(client, application):
    page = read(client, application).text

    for told in ("Maël LEROY", "né(e) en 2014", "Antony", "0612345678", "Un nouvel enfant"):
        assert told in page
    assert "Accorder" not in page
    assert "Ressemble à" not in page


def test_a_new_child_in_one_click(client, application, parent, agent):
    page = enrol(client, application, pupil_number="e 1234567")

    child = Beneficiary.objects.get()
    assert (child.pupil_number, [*child.guardians.all()]) == ("E1234567", [parent])
    assert Wallet.objects.filter(beneficiary=child).count() == 2
    assert state_of(application) == ApplicationState.ACCEPTED
    line = AuditEntry.objects.get(action=Action.APPLICATION_ACCEPTED)
    assert (line.actor, line.details) == (agent, f"Maël LEROY (E1234567), 60,00{NBSP}€ + 20,00{NBSP}€")
    assert "demande accordée" in page.text


def test_whom_it_is_like_is_shown_with_whose_it_is_and_an_agent_chooses(client, application, parent):
    other = make_user("dominique", first_name="Dominique", last_name="LEROY")
    known = make_beneficiary(other, first_name="MAEL", last_name="Leroy", birth_year=2014)
    page = read(client, application).text
    assert "Ressemble à" in page
    assert known.pupil_number in page
    assert "Dominique LEROY" in page

    client.post(address(application, "inscrire"), {})
    assert state_of(application) == ApplicationState.SENT
    enrol(client, application, child=known.pk)
    assert [*Beneficiary.objects.all()] == [known]
    assert {*known.guardians.all()} == {parent, other}


def test_a_child_that_is_not_alike_is_not_chosen(client, application):
    other = make_beneficiary(make_user("autre"))
    enrol(client, application, child=other.pk)

    assert state_of(application) == ApplicationState.SENT
    assert other.guardians.count() == 1


def test_of_whom_an_agent_took_away_it_warns(client, application, parent):
    known = make_beneficiary(first_name="Maël", last_name="LEROY", birth_year=2014)
    EndedGuardianship.objects.create(user=parent, beneficiary=known)

    assert "Un agent a retiré" in read(client, application).text


def test_a_number_that_is_somebodys_or_none(client, application):
    taken = make_beneficiary()
    for number in (taken.pupil_number, "12"):
        enrol(client, application, pupil_number=number)
    assert state_of(application) == ApplicationState.SENT
    assert not Guardianship.objects.exists()


def test_a_college_elsewhere_is_chosen_by_the_agent(client, parent):
    application = make_enrolment(parent, school=None, other_school="Collège Rodin, Paris")
    assert "Collège Rodin, Paris" in read(client, application).text
    enrol(client, application)
    assert state_of(application) == ApplicationState.SENT

    rodin = School.objects.create(uai="0750001Y", name="Collège Rodin", insee_code="75113")
    enrol(client, application, school=rodin.pk)
    assert Beneficiary.objects.get().school == rodin


def test_a_home_elsewhere_has_its_code(client, parent):
    application = make_enrolment(parent, insee_code="", other_commune="Paris 75013")
    for code in ("", "xyz"):
        enrol(client, application, insee_code=code)
    assert state_of(application) == ApplicationState.SENT

    enrol(client, application, insee_code="75113")
    assert Beneficiary.objects.get().insee_code == "75113"


def test_each_kind_has_its_own_act_and_sentences(client, application):
    scholarship = make_application()
    client.post(address(application, "accepter"), {})
    client.post(address(scholarship, "inscrire"), {"child": "nouveau"})
    assert (state_of(application), state_of(scholarship)) == (ApplicationState.SENT,) * 2

    page = client.get(address(application, "refuser")).text
    assert "Ces papiers sont ceux d’un autre enfant." in page
    assert "bourse" not in page


def test_refused_then_reopened_but_never_once_accepted(client, application):
    sentence = client.get(address(application, "refuser")).context["form"].fields["sentence"].queryset[0]
    client.post(address(application, "refuser"), {"sentence": sentence.pk})
    assert state_of(application) == ApplicationState.REFUSED
    client.post(address(application, "rouvrir"), {"reason": "La famille a raison"})
    enrol(client, application)
    client.post(address(application, "rouvrir"), {"reason": "Erreur"})

    assert state_of(application) == ApplicationState.ACCEPTED


def test_the_queue_names_them_in_as_many_queries(client, application, django_assert_max_num_queries):
    page = reverse("admin:applications_application_changelist")
    client.get(page)
    for number in range(5):
        make_enrolment(application.sent_by, birth_year=2010 + number % 4, first_name=f"Noé{'abcdef'[number]}")
    with django_assert_max_num_queries(20):
        assert client.get(page).text.count("LEROY") >= 6
    assert "Maël LEROY" in client.get(f"{page}?q=leroy").text


def test_once_forgotten_its_page_still_tells_what_was_decided(client, application):
    enrol(client, application)
    Application.objects.get().newcomer.delete()

    page = client.get(address(application)).text
    assert "Maël LEROY" in page
    assert "Accordée le" in page


def test_of_one_that_its_guardian_enrols_again_there_is_one_choice(client, parent):
    child = make_last_year_s(parent)
    application = make_renewal(child)
    page = read(client, application)
    assert "Réinscrire Garance" in page.text
    assert "Un nouvel enfant" not in page.text

    enrol(client, application)
    assert state_of(application) == ApplicationState.SENT
    enrol(client, application, child=child.pk)
    assert state_of(application) == ApplicationState.ACCEPTED
    assert [*Beneficiary.objects.all()] == [child]


def test_of_one_enrolled_again_elsewhere_the_agent_finds_the_college(client, parent):
    child = make_last_year_s(parent)
    application = make_renewal(child, school=None, other_school="Collège Rodin, Paris")
    rodin = School.objects.create(uai="0750001Y", name="Collège Rodin", insee_code="75113")
    enrol(client, application, child=child.pk)
    assert state_of(application) == ApplicationState.SENT

    enrol(client, application, child=child.pk, school=rodin.pk)
    child.refresh_from_db()
    assert child.school == rodin
