"""Large and broken bodies: nobody has one written to disk before he is asked who he is."""

import io
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http.request import UnreadablePostError
from django.test import Client
from django.urls import reverse

from applications.models import Application, ApplicationKind, ApplicationState
from backoffice.models import Sort
from core.money import NBSP

from . import rights
from .database import undone

pytestmark = pytest.mark.django_db

IMPORT = "/admin/backoffice/import/add/"
LARGE = 3_000_000


@pytest.fixture
def written(monkeypatch):
    """What was put on the disk for a form."""
    names = []
    init = TemporaryUploadedFile.__init__

    def note(self, name, *args, **kwargs):
        names.append(name)
        init(self, name, *args, **kwargs)

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", note)
    return names


def send(client, path=IMPORT, size=LARGE):
    file = SimpleUploadedFile("eleves.csv", b"x" * size)
    with undone():
        return client.post(path, {"sort": Sort.ROSTER, "file": file, "_save": "1"})


@pytest.mark.parametrize("path", [IMPORT, "/accueil/", "/partenaires/proposer/", "/violations/"])
def test_a_stranger_has_nothing_written(written, path):
    """code.md 3.20: an anonymous 42 MB POST was written to /tmp before the check of its token said no."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32

    assert send(client, path).status_code == 413
    assert written == []


@pytest.mark.parametrize("persona", [rights.GUARDIAN, rights.CHILD, rights.ADVISER])
def test_nor_has_anybody_who_brings_no_files(world, written, persona):
    """code.md 3.20."""
    assert send(world.client(persona)).status_code == 413
    assert written == []


def test_an_agent_whose_second_factor_was_not_asked_has_nothing_written(world, written):
    assert send(world.client(rights.HALF_AGENT)).status_code == 413
    assert written == []


def test_an_agent_brings_files_where_they_belong_and_nowhere_else(world, written):
    client = world.client(rights.MANAGER)

    assert send(client).status_code == 302
    assert written == ["eleves.csv"]
    assert send(client, "/admin/content/article/add/").status_code == 413
    assert written == ["eleves.csv"]


def send_photo(world, persona, size=LARGE):
    path = world.address(f"{rights.COUNTER}photographier/")
    file = SimpleUploadedFile("photo.jpg", b"x" * size)
    with undone():
        return world.client(persona).post(path, {"picture": file}, follow=True)


def test_a_photograph_of_eight_megabytes_is_read_in_memory_alone(world, written):
    response = send_photo(world, rights.MEMBER, 8_000_000)

    assert "n’est pas une photo" in response.text
    assert written == []


@pytest.mark.parametrize("persona", [rights.ANONYMOUS, rights.GUARDIAN, rights.OTHER_MEMBER, rights.MANAGER])
def test_of_nobody_else_one_is_read_at_all(world, written, persona):
    assert send_photo(world, persona).status_code == 413
    assert written == []


def test_a_larger_one_is_refused_in_plain_words(world, written):
    response = send_photo(world, rights.MEMBER, 9_100_000)

    assert response.status_code == 413
    assert "8 Mo au plus" in response.text
    assert "8 Mo et" in send_photo(world, rights.MEMBER, 8_000_001).text


def test_a_member_brings_no_other_large_file(world, written):
    path = world.address(f"{rights.COUNTER}plusieurs/")

    assert send(world.client(rights.MEMBER), path).status_code == 413
    assert written == []


def send_papers(world, persona, *sizes):
    path = world.address(f"{rights.LEISURE}bourse/<number:campaign_id>/")
    files = [SimpleUploadedFile("notification.pdf", b"%PDF-" + b"x" * (size - 5)) for size in sizes]
    with undone():
        # A form is there where something is asked for.
        sent = Application.objects.filter(state=ApplicationState.SENT).exclude(kind=ApplicationKind.SHEET)
        sent.update(state=ApplicationState.INCOMPLETE, reason="Il manque une page.")
        return world.client(persona).post(path, {"papers": files, "key": str(uuid.UUID(int=7))}, follow=True)


def test_the_papers_of_a_guardian_are_read_in_memory_alone(world, written):
    response = send_papers(world, rights.GUARDIAN, 9_000_000, 9_000_000)

    assert "Nous avons reçu" in response.text
    assert written == []


@pytest.mark.parametrize(
    ("persona", "status"),
    [(rights.STRANGER, 200), (rights.ANONYMOUS, 413), (rights.CHILD, 413), (rights.MANAGER, 413)],
)
def test_who_may_have_a_child_to_enrol_brings_its_papers(world, written, persona, status):
    file = SimpleUploadedFile("livret.pdf", b"%PDF-" + b"x" * LARGE)
    with undone():
        answer = world.client(persona).post(world.address("inscriptions/nouvelle/"), {"papers": file})

    assert answer.status_code == status
    assert written == []


@pytest.mark.parametrize(
    ("persona", "status"),
    [(rights.GUARDIAN, 200), (rights.ANONYMOUS, 413), (rights.CHILD, 413), (rights.MANAGER, 413)],
)
def test_who_may_act_for_an_organisme_brings_its_papers(world, written, persona, status):
    file = SimpleUploadedFile("statuts.pdf", b"%PDF-" + b"x" * LARGE)
    address = world.address("candidatures/<number:number>/papiers/")
    with undone():
        answer = world.client(persona).post(address, {"papers": file})

    assert answer.status_code == status
    assert written == []


@pytest.mark.parametrize("persona", [rights.ANONYMOUS, rights.CHILD, rights.STRANGER, rights.MANAGER])
def test_of_nobody_else_they_are_read_at_all(world, written, persona):
    assert send_papers(world, persona, 9_000_000).status_code == 413
    assert written == []


def test_larger_ones_are_refused_in_plain_words(world, written):
    response = send_papers(world, rights.GUARDIAN, *[9_000_000] * 3)

    assert response.status_code == 413
    assert f"20{NBSP}Mo au plus" in response.text
    assert f"10{NBSP}Mo au plus" in send_papers(world, rights.GUARDIAN, 10_000_001).text
    assert written == []


class _HangsUp(io.BytesIO):
    def read(self, *_):
        raise UnreadablePostError("gone")

    readline = read


@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=BoUnDaRy"]
)
@pytest.mark.parametrize("path", [IMPORT, "/accueil/"])
def test_who_hangs_up_is_no_fault_of_ours(path, content_type):
    """code.md 3.20: an aborted upload was a 500."""
    gone: Any = {"wsgi.input": _HangsUp()}
    client = Client(raise_request_exception=False)
    response = client.generic("POST", path, b"x" * 100, content_type, **gone)

    assert response.status_code == 400


@pytest.mark.parametrize("name", ["username", "un\0known"])
def test_a_nul_in_a_form_is_refused_as_before(name):
    for value in ("cam\0ille", "camille"):
        response = Client(raise_request_exception=False).post(reverse("accounts:login"), {name: value})
        assert response.status_code == (400 if "\0" in value else 200)
