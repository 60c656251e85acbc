"""Letters come out by class, and again as they were."""

import io

import pytest
from django.db import transaction
from pypdf import PdfReader

from accounts import links, services
from accounts.links import Channel
from accounts.models import User
from core import codes

from .families import PAGE, journal

pytestmark = pytest.mark.django_db


def letters_in(response):
    """The identifiants of its pages."""
    assert response.headers["Content-Type"] == "application/pdf"
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages]
    users = {
        user.username: links.access_code(user, Channel.HAND)
        for user in User.objects.exclude(access_code_at=None)
    }
    return [name for page in pages for name, code in users.items() if codes.show_code(code) in page]


@pytest.mark.usefixtures("families")
def test_letters_come_out_by_class_until_the_last(ask):
    assert letters_in(ask("lettre")) == ["sans2", "sans1"]
    assert letters_in(ask("lettre")) == ["sans0"]
    assert "Personne n’attend plus de lettre." in ask("lettre").text
    assert journal() == [("Comptes jamais activés", "Rentrée", f"{n} lettres") for n in (2, 1)]


@pytest.mark.usefixtures("families")
def test_letters_that_a_printer_ate_come_out_again_as_they_were(client, ask):
    first = ask("lettre")
    series, label = client.get(PAGE).context["on_paper"].form.fields["who"].choices[-1]
    assert label.endswith(": 2")
    again = ask("lettre", series)

    assert letters_in(again) == letters_in(first) == ["sans2", "sans1"]
    assert journal()[-1] == ("Comptes jamais activés", "Rentrée", "2 lettres, à nouveau")


@pytest.mark.parametrize("who", ["2026-11-24T10:00:00+00:00", "hier", ""])
def test_a_series_that_never_was(ask, families, who):
    assert ask("lettre", who).context["on_paper"].form.errors
    assert journal() == []


def test_two_agents_make_one_letter_for_each(families):
    ids = [user.pk for user in families[1]]
    with transaction.atomic():
        first = services.invite_by_letter(user_ids=ids, again=False)
        second = services.invite_by_letter(user_ids=ids, again=False)

    assert (len(first), second) == (3, [])
