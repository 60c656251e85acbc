"""Two managers ask, an agent accepts while another does or a manager withdraws; each race has its control."""

import pytest
from django.db import connection

from applications import changing_sheet, deciding, sending
from applications.changing_sheet import accept_sheet
from applications.models import Application, ApplicationState, NewSheet
from applications.models.application import ApplicationQuerySet
from partners.models import Partner
from partners.tests.factories import make_partner
from partners.tests.members import make_manager

from .factories import make_decider
from .sheets import NEW_PHONE, make_sheet_request

pytestmark = pytest.mark.django_db(transaction=True)


def accepting(application):
    agent = make_decider()
    return lambda: accept_sheet(application_id=application.pk, actor=agent)


def withdrawing(application):
    return lambda: sending.withdraw(application_id=application.pk, actor=application.sent_by)


def test_two_managers_ask(at_once):
    partner = make_partner()
    managers = [make_manager(partner, name) for name in ("Ahmed", "Sophie")]

    asked = at_once(*(lambda it=it: make_sheet_request(it) for it in managers))
    assert asked == ["AlreadyAsked", "done"]
    assert Application.objects.count() == NewSheet.objects.count() == 1


def test_two_agents_accept(at_once, meeting_before):
    application = make_sheet_request()
    both = [accepting(application) for _ in range(2)]
    meeting_before(ApplicationQuerySet, "update")

    assert at_once(*both) == ["Moved", "done"]


def test_control_without_its_guard_it_is_accepted_twice(at_once, meeting_before, monkeypatch):
    """SQLite serves them one after the other: there the second reads what the first has done."""
    is_postgresql = connection.vendor == "postgresql"
    application = make_sheet_request()
    both = [accepting(application) for _ in range(2)]
    monkeypatch.setattr(deciding, "_sent", lambda pk: Application.objects.filter(pk=pk))
    meeting_before(changing_sheet, "lock_directory", sure=is_postgresql)

    assert at_once(*both) == ["done" if is_postgresql else "Moved", "done"]


def test_accepted_while_it_is_withdrawn(at_once, meeting_before):
    application = make_sheet_request()
    both = [accepting(application), withdrawing(application)]
    meeting_before(ApplicationQuerySet, "update")

    assert at_once(*both) == ["Moved", "done"]
    application.refresh_from_db()
    is_changed = Partner.objects.get().phone == NEW_PHONE
    assert is_changed == (application.state == ApplicationState.ACCEPTED)
