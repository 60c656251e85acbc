"""What happens at the same instant; each race has its control."""

import uuid
from decimal import Decimal

import pytest
from django.db import connection

from applications import deciding, sending
from applications.models import Application, ApplicationState
from applications.models.application import ApplicationQuerySet
from wallets.models import Entry, Wallet

from .factories import campaign_of, make_application, make_child, make_decider, make_photo

pytestmark = pytest.mark.django_db(transaction=True)


def accepting(application):
    agent = make_decider()
    return lambda: deciding.accept(application_id=application.pk, actor=agent)


def withdrawing(application):
    return lambda: sending.withdraw(application_id=application.pk, actor=application.sent_by)


def granted(application):
    entries = Entry.objects.filter(wallet__beneficiary=application.beneficiary)
    return sum(entry.amount for entry in entries.filter(label="Supplément boursier"))


def test_two_agents_accept(at_once, meeting_before):
    application = make_application()
    both = [accepting(application) for _ in range(2)]
    meeting_before(ApplicationQuerySet, "update")

    assert at_once(*both) == ["Moved", "done"]
    assert granted(application) == Decimal(20)


def test_control_without_lock_and_guard_the_ledger_refuses(
    at_once, meeting_before, without_lock, monkeypatch
):
    """A grant has its key, once a wallet."""
    application = make_application()
    both = [accepting(application) for _ in range(2)]
    without_lock()
    monkeypatch.setattr(ApplicationQuerySet, "select_for_update", lambda rows, **_: rows.all())
    monkeypatch.setattr(deciding, "_sent", lambda pk: Application.objects.filter(pk=pk))
    meeting_before(deciding, "_ask_for_readable_papers", sure=True)

    refused = "OperationalError" if connection.vendor == "sqlite" else "IntegrityError"
    assert at_once(*both) == [refused, "done"]
    assert granted(application) == Decimal(20)


def test_accepted_while_it_is_withdrawn(at_once, meeting_before):
    application = make_application()
    both = [accepting(application), withdrawing(application)]
    meeting_before(ApplicationQuerySet, "update")

    assert at_once(*both) == ["Moved", "done"]
    application.refresh_from_db()
    assert (application.state, granted(application)) in [
        (ApplicationState.ACCEPTED, Decimal(20)),
        (ApplicationState.WITHDRAWN, 0),
    ]


def test_control_without_its_guard_the_database_refuses(at_once, meeting_before, monkeypatch):
    """What was decided has its who and when: it is not withdrawn."""
    application = make_application()
    both = [accepting(application), withdrawing(application)]
    monkeypatch.setattr(sending, "_open", lambda pk: Application.objects.filter(pk=pk))
    meeting_before(ApplicationQuerySet, "update")

    came = at_once(*both)
    application.refresh_from_db()
    if application.state == ApplicationState.ACCEPTED:
        assert (came, granted(application)) == (["IntegrityError", "done"], Decimal(20))
    else:
        # SQLite serves them one after the other, in any order.
        assert (connection.vendor, came, granted(application)) == ("sqlite", ["Moved", "done"], 0)


def test_one_form_sent_twice_at_once(at_once):
    child, key = make_child(), uuid.uuid4()
    sender, campaign = child.guardians.get(), campaign_of(child)

    def send():
        sending.send(
            beneficiary_id=child.pk,
            campaign_id=campaign.pk,
            key=key,
            papers=[make_photo()],
            actor=sender,
        )

    assert at_once(send, send) == ["done", "done"]
    assert Application.objects.get().papers.count() == 1


def test_two_forms_at_once(at_once):
    child = make_child()
    sender, campaign = child.guardians.get(), campaign_of(child)

    def send():
        sending.send(
            beneficiary_id=child.pk,
            campaign_id=campaign.pk,
            key=uuid.uuid4(),
            papers=[make_photo()],
            actor=sender,
        )

    assert at_once(send, send) == ["AlreadyAsked", "done"]
    assert Wallet.objects.filter(beneficiary=child).count() == 2


def test_two_agents_take_it_up(at_once, meeting_before):
    application = make_application()
    both = [
        lambda agent=agent: deciding.claim(application_id=application.pk, actor=agent)
        for agent in (make_decider(), make_decider())
    ]
    meeting_before(ApplicationQuerySet, "update")

    assert at_once(*both) == ["BeingRead", "done"]
