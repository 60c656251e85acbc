"""A paper is shown to who decides, as it was remade, where nothing runs; and who read it is kept."""

import pytest
from django.urls import reverse

from accounts.audit import subject_key
from accounts.security_log import Reading
from accounts.tests.factories import make_agent
from applications.models import Paper, PaperState
from applications.tests.factories import make_application, make_child, send
from core.papers.formats import PaperFormat

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper():
    return make_application().papers.get()


def address(paper, application=None):
    number = application.pk if application else paper.application_id
    return reverse("admin:applications_application_paper", args=[number, paper.pk])


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize(
    ("kind", "content", "served"),
    [
        (PaperFormat.JPEG, b"\xff\xd8\xff", "image/jpeg"),
        (PaperFormat.PDF, b"%PDF-1.7", "application/pdf"),
    ],
)
def test_it_is_of_no_origin_and_runs_nothing(client, paper, kind, content, served):
    Paper.objects.filter(pk=paper.pk).update(format=kind, sealed=paper.seal(content))
    response = client.get(address(paper))

    assert response.content == content
    assert response["Content-Type"] == served
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Content-Disposition"].startswith("inline; filename=")
    assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]
    policy = {part.strip() for part in response["Content-Security-Policy"].split(";")}
    assert {"sandbox", "default-src 'none'", "script-src 'none'", "frame-ancestors 'self'"} <= policy


def test_who_read_it_is_kept(client, agent, paper):
    client.get(address(paper))

    assert Reading.objects.filter(agent=agent, subject_key=subject_key(paper)).exists()


@pytest.mark.usefixtures("agent")
def test_as_it_came_it_is_never_shown(client):
    paper = send(make_child()).papers.get()
    assert client.get(address(paper)).status_code == 404
    page = reverse("admin:applications_application_change", args=[paper.application_id])
    assert "papiers/" not in client.get(page).text

    Paper.objects.update(state=PaperState.REFUSED, sealed=b"", fault="Abîmé.")
    assert client.get(address(paper)).status_code == 404
    assert "Abîmé." in client.get(page).text


@pytest.mark.usefixtures("agent")
def test_under_another_application_it_is_not_there(client, paper):
    assert client.get(address(paper, make_application())).status_code == 404


@pytest.mark.usefixtures("agent")
def test_sealed_with_a_key_that_is_gone_it_is_not_there(client, paper):
    Paper.objects.filter(pk=paper.pk).update(sealed=b"x" * 60)

    assert client.get(address(paper)).status_code == 404


def test_for_who_decides_alone(client, enter, paper):
    enter(make_agent("téléconseiller"))
    assert client.get(address(paper)).status_code == 403
    client.force_login(paper.application.sent_by)
    assert client.get(address(paper)).status_code == 302
    assert not Reading.objects.filter(subject_key=subject_key(paper)).exists()
