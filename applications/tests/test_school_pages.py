"""« Changer de collège »: what a guardian says, sends and follows."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import School
from accounts.tests.factories import make_user
from applications import deciding
from applications.changing_school import accept_school
from applications.models import Application, ApplicationState, NewSchool
from wallets.models import Campaign
from wallets.tests.factories import days

from .factories import ask_for_school, make_child, make_decider, make_photo, make_school_change

pytestmark = pytest.mark.django_db
CURIE = "0920002Y"


@pytest.fixture
def parent(client):
    parent = make_user("camille")
    client.force_login(parent)
    return parent


@pytest.fixture
def child(parent):
    School.objects.create(uai=CURIE, name="Collège Marie Curie", insee_code="92071")
    return make_child(parent)


def address(child, name="school"):
    return reverse(f"applications:{name}", args=[child.public_id])


def photo(content=None):
    return SimpleUploadedFile("certificat.jpg", make_photo() if content is None else content)


def post(client, child, **fields):
    said = {"school": CURIE, "grade": "5", "since": days(-3).strftime("%d/%m/%Y")}
    form = {**said, "key": uuid.uuid4(), "papers": [photo()], **fields}
    return client.post(address(child), form, follow=True)


def decide(act, application, **fields):
    act(application_id=application.pk, actor=make_decider(), **fields)


def test_from_the_account_it_is_asked_and_followed(client, child):
    assert address(child) in client.get("/mon-compte/").text
    page = client.get(address(child)).text
    assert child.school.name in page
    assert "certificat de scolarité" in page
    page = post(client, child).text

    assert "Nous avons reçu" in page
    assert "Collège Marie Curie" in page
    assert "En cours" in page
    assert "Envoyer la demande" not in page
    asked = NewSchool.objects.get()
    assert (asked.school_id, asked.grade, asked.since) == (CURIE, "5", days(-3))
    assert "En cours" in client.get("/mon-compte/").text


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("school", {"school": ""}),
        ("school", {"school": "0000000X"}),
        ("grade", {"grade": ""}),
        ("grade", {"grade": "2"}),
        ("since", {"since": ""}),
        ("since", {"since": "hier"}),
        ("since", {"since": days(-400).isoformat()}),
        ("since", {"since": days(120).isoformat()}),
        ("papers", {"papers": []}),
        ("papers", {"papers": [photo(b"MZ not a paper")]}),
    ],
)
def test_what_is_wrong_is_told_beside_it_and_nothing_is_sent(client, child, field, wrong):
    page = post(client, child, **wrong)

    assert field in page.context["form"].errors
    assert not Application.objects.exists()


def test_where_it_goes_already(client, child):
    page = post(client, child, school=child.school_id, grade=child.grade)
    assert "déjà son collège" in page.text
    assert not Application.objects.exists()

    post(client, child, school=child.school_id, grade="4")
    assert NewSchool.objects.get().school == child.school


def test_another_college(client, child):
    post(client, child, school="", other_school="Collège Rodin, Paris")

    assert NewSchool.objects.get().school_name == "Collège Rodin, Paris"


def test_from_another_window_it_is_told_that_it_is_asked_already(client, child):
    post(client, child)
    page = post(client, child)

    assert "déjà faite" in page.text
    assert Application.objects.get().papers.count() == 1


def test_only_what_was_asked_is_sent_again(client, child):
    application = make_school_change(child)
    decide(deciding.ask, application, reason="Il manque une page.")
    page = client.get(address(child)).text
    assert "À compléter" in page
    assert "Il manque une page." in page
    assert 'name="school"' not in page
    client.post(address(child), {"key": uuid.uuid4(), "papers": [photo()]})

    application.refresh_from_db()
    assert application.state == ApplicationState.SENT


def test_refused_it_says_why_how_to_contest_and_may_be_asked_anew(client, child):
    decide(deciding.refuse, make_school_change(child), reason="Ce papier est d’un autre.")
    page = client.get(address(child)).text

    for told in ("Refusée", "Ce papier est d’un autre.", "tribunal administratif", "nouvelle demande"):
        assert told in page
    post(client, child)
    assert Application.objects.count() == 2


def test_accepted_the_account_says_the_new_one(client, child):
    decide(accept_school, make_school_change(child))

    assert "Acceptée" in client.get(address(child)).text
    assert "Collège Marie Curie" in client.get("/mon-compte/").text


def test_withdrawn_after_a_question(client, child):
    ask_for_school(child)
    assert "de changement de collège" in client.get(address(child, "withdraw_school")).text
    client.post(address(child, "withdraw_school"))

    assert Application.objects.get().state == ApplicationState.WITHDRAWN
    assert client.get(address(child, "withdraw_school")).status_code == 404
    assert "Retirée" not in client.get("/mon-compte/").text


def test_another_guardian_reads_how_far_it_is_and_no_more(client, parent):
    first = make_user(first_name="Dominique")
    child = make_child(first, parent)
    decide(deciding.ask, make_school_change(child, actor=first), reason="Il manque une page.")
    page = client.get(address(child)).text

    assert "Seul le responsable" in page
    assert 'type="file"' not in page
    client.post(address(child, "withdraw_school"))
    assert Application.objects.get().state == ApplicationState.INCOMPLETE


def test_the_child_and_a_stranger_find_nothing(client, parent):
    login = make_user("garance")
    child, other = make_child(make_user(), user=login), make_child(make_user())
    ask_for_school(other)
    for name in ("school", "withdraw_school"):
        assert client.get(address(other, name)).status_code == 404
        assert client.post(address(other, name)).status_code == 404
    client.force_login(login)
    for name in ("school", "withdraw_school"):
        assert client.get(address(child, name)).status_code == 404
    assert Application.objects.get().state == ApplicationState.SENT


def test_between_two_campaigns_nothing_is_asked_and_what_was_is_followed(client, child):
    Campaign.objects.update(last_ticket_on=days(-1))
    assert "Aucune campagne n’est ouverte" in client.get(address(child), follow=True).text

    Campaign.objects.update(last_ticket_on=days(9))
    ask_for_school(child)
    Campaign.objects.update(last_ticket_on=days(-1))
    assert "En cours" in client.get(address(child)).text


def test_the_thirteenth_form_within_an_hour_waits(client, child):
    statuses = [post(client, child).status_code for _ in range(13)]

    assert statuses == [200] * 12 + [429]


def test_the_account_tells_of_four_children_in_as_many_queries(client, parent, child):
    ask_for_school(child)
    client.get("/mon-compte/")
    with CaptureQueriesContext(connection) as of_one:
        client.get("/mon-compte/")
    for _ in range(3):
        ask_for_school(make_child(parent))
    with CaptureQueriesContext(connection) as of_four:
        page = client.get("/mon-compte/").text

    assert page.count("En cours") == 4
    assert len(of_four) == len(of_one)
