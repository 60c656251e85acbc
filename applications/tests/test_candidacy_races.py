"""Two agents, two windows, at the same instant; each race has its control."""

import pytest

from accounts.tests.factories import make_user
from applications import candidacies, candidacy_mail, deciding, sending
from applications.affiliating import accept_affiliation
from applications.models import Application, Candidacy
from partners.models import Membership, Partner

from .factories import make_decider, make_photo
from .organismes import SIRET, make_candidacy, make_draft

pytestmark = pytest.mark.django_db(transaction=True)


def accept(application, **fields):
    agent = make_decider()
    return lambda: accept_affiliation(application_id=application.pk, actor=agent, **fields)


def test_two_agents_accept(at_once):
    application = make_candidacy()

    assert at_once(accept(application), accept(application)) == ["Moved", "done"]
    assert (Partner.objects.count(), Membership.objects.count()) == (1, 1)


def test_the_same_siret_by_two_accounts(at_once):
    first, second = (make_candidacy(make_user(name)) for name in ("camille", "dominique"))

    assert at_once(accept(first), accept(second)) == ["SiretTaken", "done"]
    assert Partner.objects.count() == 1


def test_the_control_of_two_numbers(at_once, monkeypatch):
    monkeypatch.setattr(deciding, "accept_for", lambda *_, **__: None)
    monkeypatch.setattr(candidacy_mail, "affiliated", lambda *_: None)
    first, second = (make_candidacy(make_user(name)) for name in ("camille", "dominique"))
    Candidacy.objects.filter(application=second).update(siret="55208131766522", rna="")

    assert at_once(accept(first), accept(second)) == ["done", "done"]
    assert Partner.objects.count() == 2


def send(draft):
    return lambda: candidacies.send(candidacy_id=draft.pk, papers=[make_photo()])


def test_one_draft_is_sent_from_two_windows(at_once):
    draft = make_draft()

    assert at_once(send(draft), send(draft)) == ["done", "done"]
    assert Application.objects.count() == 1


def test_one_siret_is_begun_in_two_windows(at_once):
    account = make_user("camille")

    def start():
        candidacies.start(siret=SIRET, account=account)

    assert at_once(start, start) == ["done", "done"]
    assert Candidacy.objects.count() == 1


def test_withdrawn_and_accepted_at_once(at_once):
    application = make_candidacy()

    def withdraw():
        sending.withdraw(application_id=application.pk, actor=application.sent_by)

    assert at_once(withdraw, accept(application)) == ["Moved", "done"]
    accepted = Application.objects.get().state == "accepted"
    assert Partner.objects.exists() == accepted
