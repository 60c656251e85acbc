"""Whom an import struck off is enrolled again."""

import pytest
from django.urls import reverse

from accounts import audit
from accounts.audit import Action, AuditEntry
from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary
from backoffice.models import Stage, StruckOff
from backoffice.tests.roster.rosters import ANNE, LINA

from .importing import confirm, make_import, work
from .whole_lists import enrolled, only, whole_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(client, agent, leavers, settings):
    """A whole list that was one collège's."""
    settings.SECOND_AGENT = False
    confirm(client, whole_list(client), number=3)
    work()
    return only()


def undo_page(job):
    return reverse("admin:backoffice_import_annuler-les-desinscriptions", args=[job.pk])


def test_what_it_struck_off_is_enrolled_again(client, agent, done):
    """admin.md 41: there was no list afterwards, and no undo."""
    assert (
        "Annuler les désinscriptions"
        in client.get(reverse("admin:backoffice_import_change", args=[done.pk])).text
    )
    assert "3 enfants de nouveau inscrits" in client.get(undo_page(done)).text
    client.post(undo_page(done), {"reason": "Un seul collège"})

    assert enrolled() == {"E0001", "P0000", "P0001", "P0002"}
    entry = AuditEntry.objects.get(action=Action.STRIKING_OFF_UNDONE)
    assert (entry.actor, entry.reason, entry.subject) == (agent, "Un seul collège", done.name)
    assert entry.details == "3 enfants de nouveau inscrits"
    again = client.post(undo_page(done), {"reason": "Encore"}, follow=True)
    assert "Ce n’est plus possible" in again.text


def test_exactly_those_that_nobody_changed_since(client, agent, done):
    """admin.md 41: a child of whom an agent, or another list, decided anew stays as decided."""
    edited, gone, stays = Beneficiary.objects.filter(pupil_number__startswith="P").order_by("pk")
    audit.record(action=Action.CHANGED, subject=edited, reason="", actor=agent)
    later = make_import(stage=Stage.DONE, confirmed_by=agent)
    StruckOff.objects.create(job=later, beneficiary=gone)
    outsider = make_beneficiary(pupil_number="Q0001", is_enrolled=False)
    client.post(undo_page(done), {"reason": "Un seul collège"})

    assert enrolled() == {"E0001", stays.pupil_number}
    assert outsider.pupil_number not in enrolled()


def test_not_against_a_whole_list_that_came_since(client, agent, done):
    """The right list was imported meanwhile: whom it does not name has left."""
    confirm(client, whole_list(client, LINA | ANNE | {"Niveau": "4e"}))
    work()
    assert only().stage == Stage.DONE
    told = client.post(undo_page(done), {"reason": "Un seul collège"}).text

    assert "Une autre liste complète" in told
    assert enrolled() == {"E0001"}


def test_a_child_is_struck_off_once_by_an_import(refused_by, done):
    with refused_by("passplus_struckoff_once"):
        StruckOff.objects.create(job=done, beneficiary=Beneficiary.objects.get(pupil_number="P0000"))
