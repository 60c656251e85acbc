"""Staff write the versions of the convention, and put one in force."""

import pytest
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_agent
from applications import conventions
from applications.models import Convention
from applications.tests.conventions import make_convention, make_in_force
from partners.tests.factories import make_partner
from partners.tests.members import make_manager

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(enter):
    agent = make_agent("administrateur")
    enter(agent)
    return agent


def page_of(version, act):
    return reverse(f"admin:applications_convention_{act}", args=[version.pk])


def post(client, version, act):
    seen = client.get(page_of(version, act)).context["seen"]
    return client.post(page_of(version, act), {"reason": "Vote", "seen": seen})


def test_it_is_written_and_put_in_force(client, administrator):
    client.post(
        reverse("admin:applications_convention_add"), {"title": "Convention 2027", "text": "Un.\r\n\r\nDeux."}
    )
    version = Convention.objects.get()
    post(client, version, "mettre-en-vigueur")

    assert conventions.in_force() == version
    version.refresh_from_db()
    assert version.in_force_by == administrator
    line = AuditEntry.objects.get(action=Action.CONVENTION_IN_FORCE)
    assert (line.details, line.reason) == ("aucune → Convention 2027, 0 e-mail", "Vote")


def test_a_draft_that_changed_is_read_again(client, administrator):
    version = make_convention()
    seen = client.get(page_of(version, "mettre-en-vigueur")).context["seen"]
    Convention.objects.update(text="Autre.")
    page = client.post(page_of(version, "mettre-en-vigueur"), {"reason": "Vote", "seen": seen})

    assert conventions.in_force() is None
    version.refresh_from_db()
    assert version.sha256 in page.text


def test_who_will_be_written_to_is_said(client, administrator):
    partner = make_partner()
    for name in ("Ahmed", "Sophie"):
        make_manager(partner, name)
    version = make_convention()
    about = client.get(page_of(version, "mettre-en-vigueur")).context["about"]
    page = post(client, version, "mettre-en-vigueur")

    assert about.outcome == "2 e-mails aux responsables de 1 organisme affilié."
    assert page.url == reverse("admin:applications_convention_change", args=[version.pk])
    assert AuditEntry.objects.get(action=Action.CONVENTION_IN_FORCE).details.endswith(", 2 e-mails")


def test_it_is_retired(client, administrator):
    version = make_in_force()
    post(client, version, "retirer")

    assert conventions.in_force() is None
    assert AuditEntry.objects.get(action=Action.CONVENTION_ENDED).details == f"{version} → aucune"


def test_what_was_in_force_is_read_only(client, administrator):
    version, draft = make_in_force("1"), make_convention("2")
    page = page_of(version, "change")

    assert version.sha256 in client.get(page).text
    assert client.post(page, {"title": "Autre", "text": "Autre."}).status_code == 403
    assert client.get(page_of(version, "delete")).status_code == 403
    assert client.get(page_of(draft, "delete")).status_code == 200
    version.refresh_from_db()
    assert version.title == "1"
