"""« Je suis boursier »: what a family sees, sends and follows."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from applications import deciding, retention
from applications.models import Application, ApplicationState, Rules
from core.money import NBSP
from core.papers.sentences import EMPTY, NOT_A_PAPER
from wallets.supplements import grant_supplement
from wallets.tests.factories import days

from .factories import campaign_of, make_application, make_child, make_decider, make_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(client):
    parent = make_user("camille")
    client.force_login(parent)
    return parent


@pytest.fixture
def child(parent):
    return make_child(parent)


def address(child, name="scholarship"):
    return reverse(f"applications:{name}", args=[child.public_id, campaign_of(child).pk])


def photo(name="notification.jpg", content=None):
    return SimpleUploadedFile(name, make_photo() if content is None else content)


def post(client, child, *files, key=None):
    form = {"key": key or uuid.uuid4(), "papers": list(files)}
    return client.post(address(child), form, follow=True)


def decide(act, application, **fields):
    act(application_id=application.pk, actor=make_decider(), **fields)


def test_what_it_gives_and_which_paper(client, child):
    page = client.get(address(child)).text

    assert f"10,00{NBSP}€" in page
    assert "notification d’attribution de bourse de collège" in page
    assert 'type="file"' in page
    assert "multiple" in page


def test_sent_it_is_followed_with_the_day_of_the_answer(client, child):
    page = post(client, child, photo(), photo("verso.pdf", b"%PDF-1.7 x")).text

    application = Application.objects.get()
    assert application.papers.count() == 2
    assert "Nous avons reçu" in page
    assert "En cours" in page
    assert f"avant le {days(10).day}" in page
    assert 'type="file"' not in page


def test_late_we_say_so(client, child):
    make_application(child)
    Rules.objects.update(target_days=1)
    Application.objects.update(waiting_since=timezone.now() - dt.timedelta(days=3))

    assert "Nous avons du retard" in client.get(address(child)).text


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "Joignez au moins un papier"),
        ([photo(content=b"")], EMPTY),
        ([photo("virus.exe", b"MZ" + b"x" * 99)], NOT_A_PAPER),
        ([photo("page.html", b"<script>alert(1)</script>")], NOT_A_PAPER),
        ([photo() for _ in range(20)], f"3{NBSP}fichiers au plus"),
    ],
    ids=["none", "empty", "executable", "HTML", "twenty"],
)
def test_what_is_no_paper_is_refused_at_once_in_plain_words(client, child, files, sentence):
    response = post(client, child, *files)

    assert sentence in response.text
    assert not Application.objects.exists()


def test_only_what_was_asked_is_sent_again(client, child):
    application = make_application(child)
    decide(deciding.ask, application, reason="Il manque le verso.")
    page = client.get(address(child)).text
    assert "Il manque le verso." in page
    assert "Envoyer ce qui manque" in page
    page = post(client, child, photo()).text

    assert "En cours" in page
    assert application.papers.count() == 2


def test_from_another_window_it_is_told_that_it_is_asked_already(client, child):
    post(client, child, photo())
    page = post(client, child, photo()).text

    assert "déjà faite" in page
    assert Application.objects.get().papers.count() == 1


def test_accepted(client, child):
    decide(deciding.accept, make_application(child))
    page = client.get(address(child)).text

    assert "Accordée" in page
    assert 'type="file"' not in page


def test_refused_with_its_reason_its_appeal_and_another_try(client, child):
    decide(deciding.refuse, make_application(child), reason="Au nom d’un autre enfant.")
    page = client.get(address(child)).text

    for words in ("Refusée", "Au nom d’un autre enfant.", "tribunal administratif", "nouvelle demande"):
        assert words in page
    assert "En cours" in post(client, child, photo()).text
    assert Application.objects.count() == 2


def test_withdrawn_after_a_question(client, child):
    make_application(child)
    assert "Retirer la demande" in client.get(address(child, "withdraw")).text
    client.post(address(child, "withdraw"))

    assert Application.objects.get().state == ApplicationState.WITHDRAWN
    assert client.get(address(child, "withdraw")).status_code == 404
    assert 'type="file"' in client.get(address(child)).text


def test_another_guardian_reads_how_far_it_is_and_no_more(client, parent):
    first = make_user(first_name="Dominique")
    child = make_child(first, parent)
    decide(deciding.ask, make_application(child, actor=first), reason="Il manque le verso.")
    page = client.get(address(child)).text

    assert "À compléter" in page
    assert "Seul le responsable" in page
    assert 'type="file"' not in page
    assert "envoyé le" not in page
    client.post(address(child, "withdraw"))
    assert Application.objects.get().state == ApplicationState.INCOMPLETE


def test_the_child_and_a_stranger_find_nothing(client, parent):
    login = make_user("garance")
    child, other = make_child(make_user(), user=login), make_child(make_user())
    assert client.get(address(other)).status_code == 404
    client.force_login(login)
    for name in ("scholarship", "withdraw"):
        assert client.get(address(child, name)).status_code == 404


def test_who_has_it_already_is_told_so(client, child):
    grant_supplement(beneficiary_id=child.pk, campaign_id=campaign_of(child).pk, actor=make_decider())
    response = client.get(address(child), follow=True)

    assert response.redirect_chain
    assert "ne peut pas, ou plus, être demandé" in response.text


def test_the_same_form_sent_twice_asks_once(client, child):
    key = uuid.uuid4()
    for _ in range(2):
        post(client, child, photo(), key=key)

    assert Application.objects.get().papers.count() == 1


def test_the_thirteenth_form_within_an_hour_waits(client, child):
    for _ in range(12):
        response = post(client, child, photo())
    assert response.status_code == 200
    assert post(client, child, photo()).status_code == 429


def test_two_months_later_the_decision_is_still_told(client, child):
    application = make_application(child)
    decide(deciding.accept, application)
    retention.delete(list(application.papers.all()))

    page = client.get(address(child)).text
    assert "Accordée" in page
    assert "envoyé le" not in page
