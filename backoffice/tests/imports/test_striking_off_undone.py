"""Whom an import struck off is enrolled again."""

import pytest

from accounts import audit
from accounts.audit import Action, AuditEntry
from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary
from backoffice.models import Stage, StruckOff
from backoffice.tests.roster.rosters import ANNE, LINA

from .importing import confirm, make_import, undo, undo_page, work
from .whole_lists import enrolled, only, whole_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(client, agent, leavers, settings):
    """A whole list that was one collège's."""
    settings.SECOND_AGENT = False
    confirm(client, whole_list(client), number=3)
    work()
    return only()


def test_what_it_struck_off_is_enrolled_again(client, agent, done):
    """admin.md 41: there was no list afterwards, and no undo."""
    assert "Enfants désinscrits" in client.get(undo_page(done)).text
    undo(client, done, reason="Un seul collège")

    assert enrolled() == {"E0001", "P0000", "P0001", "P0002"}
    entry = AuditEntry.objects.filter(action=Action.IMPORT_UNDONE).latest("pk")
    assert (entry.actor, entry.reason, entry.subject) == (agent, "Un seul collège", done.name)
    assert "enfants désinscrits\N{NO-BREAK SPACE}: 3 réinscrits" in entry.details
    again = client.post(undo_page(done), {"reason": "Encore"}, follow=True)
    assert "Ce n’est plus possible" in again.text


def test_exactly_those_that_nobody_changed_since(client, agent, done):
    """admin.md 41: a child of whom an agent, or another list, decided anew stays as decided."""
    edited, gone, stays = Beneficiary.objects.filter(pupil_number__startswith="P").order_by("pk")
    audit.record(action=Action.CHANGED, subject=edited, reason="", actor=agent)
    later = make_import(stage=Stage.DONE, confirmed_by=agent)
    StruckOff.objects.create(job=later, beneficiary=gone)
    outsider = make_beneficiary(pupil_number="Q0001", is_enrolled=False)
    undo(client, done)

    assert enrolled() == {"E0001", stays.pupil_number}
    assert outsider.pupil_number not in enrolled()


def test_not_against_a_whole_list_that_came_since(client, agent, done):
    """The right list was imported meanwhile: whom it does not name has left."""
    confirm(client, whole_list(client, LINA | ANNE | {"Niveau": "4e"}))
    work()
    assert only().stage == Stage.DONE
    told = undo(client, done).text

    assert "Une autre liste complète" in told
    assert enrolled() == {"E0001"}


def test_a_child_is_struck_off_once_by_an_import(refused_by, done):
    with refused_by("passplus_struckoff_once"):
        StruckOff.objects.create(job=done, beneficiary=Beneficiary.objects.get(pupil_number="P0000"))
