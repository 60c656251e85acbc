"""« Ajouter un enfant »: what a guardian says, sends and follows."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary, make_user
from applications import deciding
from applications.accepting import accept_enrolment
from applications.models import Application, ApplicationState, Newcomer
from wallets.models import Campaign
from wallets.tests.factories import days, make_campaign

from .factories import enrol, make_decider, make_enrolment, make_photo, said_of

pytestmark = pytest.mark.django_db
PAGE = "/inscriptions/nouvelle/"


@pytest.fixture
def parent(client):
    make_campaign()
    parent = make_user("camille")
    client.force_login(parent)
    return parent


def photo(content=None):
    return SimpleUploadedFile("livret.jpg", make_photo() if content is None else content)


def said(**fields):
    typed = said_of() | {"key": uuid.uuid4(), "papers": [photo()]}
    return typed | {"school": typed["school"].pk} | fields


def post(client, **fields):
    return client.post(PAGE, said(**fields), follow=True)


def test_sent_it_is_followed_from_the_account_and_the_children(client, parent):
    page = post(client)

    application = Application.objects.get()
    assert page.redirect_chain[-1][0] == f"/inscriptions/{application.pk}/"
    assert "Maël LEROY" in page.text
    assert "En cours" in page.text
    for path in ("/mon-compte/", "/beneficiaires/"):
        assert f"/inscriptions/{application.pk}/" in client.get(path).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_name": "", "last_name": ""},
        {"first_name": "☺"},
        {"birth_year": "2099"},
        {"birth_year": "1980"},
        {"birth_year": "hier"},
        {"grade": ""},
        {"grade": "2"},
        {"school": "", "other_school": ""},
        {"insee_code": "", "other_commune": ""},
        {
            "school": "",
            "other_school": "Lycée Rodin, Paris",
            "insee_code": "",
            "other_commune": "Paris 75013",
        },
        {"papers": []},
        {"papers": [photo(b"MZ not a paper")]},
    ],
)
@pytest.mark.usefixtures("parent")
def test_what_is_wrong_is_told_beside_it_and_nothing_is_sent(client, wrong):
    page = post(client, **wrong)

    assert page.context["form"].errors
    assert not Application.objects.exists()


@pytest.mark.usefixtures("parent")
def test_a_college_elsewhere_or_a_home_elsewhere(client):
    post(client, school="", other_school="Collège Rodin, Paris")
    post(client, first_name="Noé", insee_code="", other_commune="Paris 75013")

    assert [(it.school_name, it.other_commune) for it in Newcomer.objects.order_by("pk")] == [
        ("Collège Rodin, Paris", ""),
        ("Collège", "Paris 75013"),
    ]


@pytest.mark.usefixtures("parent")
class TestNobodyLearnsWhoIsKnown:
    """Of a child of the roster, of a stranger's, of nobody: the same words, the same statements."""

    def answer(self, client, **fields):
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            response = client.post(PAGE, said(**fields))
            number_of_statements = len(asked)
        number = Application.objects.latest("pk").pk
        page = client.get(response["Location"]).text
        for varying in (fields["first_name"], f"/{number}/"):
            page = page.replace(varying, "X")
        return response.status_code, number_of_statements, page.partition("<main")[2].partition("</main>")[0]

    def test_neither_by_words_nor_by_what_is_asked_of_the_database(self, client):
        make_beneficiary(make_user("autre"), first_name="Garance", last_name="LEROY", birth_year=2014)
        self.answer(client, first_name="Ourse")

        known, nobody = (self.answer(client, first_name=name) for name in ("Garance", "Gustave"))
        assert known == nobody


def test_the_same_child_is_told_to_be_followed_already(client, parent):
    post(client)
    page = post(client)

    assert "Vous avez déjà demandé l’inscription de cet enfant" in page.text
    assert Application.objects.count() == 1


def test_what_is_missing_is_sent_from_its_page(client, parent):
    application = make_enrolment(parent)
    deciding.ask(application_id=application.pk, reason="Il manque une page.", actor=make_decider())
    address = reverse("applications:enrolment", args=[application.pk])
    page = client.get(address).text
    assert "À compléter" in page
    assert "Il manque une page." in page

    client.post(address, {"key": uuid.uuid4(), "papers": [photo()]})
    application.refresh_from_db()
    assert application.state == ApplicationState.SENT


def test_accepted_it_leads_to_the_wallets(client, parent):
    application = make_enrolment(parent)
    child, _ = accept_enrolment(application_id=application.pk, actor=make_decider())
    page = client.get(reverse("applications:enrolment", args=[application.pk])).text

    assert "Acceptée" in page
    assert f"/beneficiaires/{child.public_id}/" in page
    assert client.get(f"/beneficiaires/{child.public_id}/").status_code == 200


def test_refused_it_says_why_and_how_to_contest(client, parent):
    application = make_enrolment(parent)
    deciding.refuse(application_id=application.pk, reason="Ce n’est pas lui.", actor=make_decider())
    page = client.get(reverse("applications:enrolment", args=[application.pk])).text

    assert "Refusée" in page
    assert "Ce n’est pas lui." in page
    assert "tribunal administratif" in page


def test_withdrawn_it_is_there_no_more(client, parent):
    application = enrol(parent)
    address = reverse("applications:withdraw_enrolment", args=[application.pk])
    assert "Maël LEROY" in client.get(address).text
    client.post(address)

    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert client.get(reverse("applications:enrolment", args=[application.pk])).status_code == 404


def test_it_is_nobody_elses(client, parent):
    theirs = enrol(make_user("dominique"))
    for name in ("enrolment", "withdraw_enrolment"):
        for method in (client.get, client.post):
            assert method(reverse(f"applications:{name}", args=[theirs.pk])).status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == ApplicationState.SENT


def test_a_child_has_no_such_page(client):
    client.force_login(make_beneficiary(make_user(), user=make_user("garance")).user)

    assert client.get(PAGE).status_code == 404
    assert "Ajouter un enfant" not in client.get("/mon-compte/").text


@pytest.mark.usefixtures("parent")
def test_between_two_campaigns_nothing_is_asked(client):
    Campaign.objects.update(last_ticket_on=days(-1))
    page = client.get(PAGE, follow=True)

    assert "Aucune campagne n’est ouverte" in page.text
    assert not Beneficiary.objects.exists()


@pytest.mark.usefixtures("parent")
def test_who_sends_papers_again_and_again_waits(client):
    statuses = [client.post(PAGE, said(birth_year=2010)).status_code for _ in range(13)]

    # The form that was refused is shown again.
    assert statuses == [302] + [200] * 11 + [429]
