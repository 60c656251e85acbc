"""A guardian enrols a child: asked for once, with the same answer whoever the child is."""

import uuid

import pytest

from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary, make_user
from applications import deciding, enrolling, reading, sending
from applications.exceptions import (
    MOST_ENROLMENTS,
    AlreadyEnrolling,
    Moved,
    NoPaper,
    NotOpen,
    TooManyEnrolments,
)
from applications.models import Application, ApplicationState, Newcomer
from wallets.models import Campaign
from wallets.tests.factories import days, make_campaign

from .factories import enrol, make_decider, make_enrolment, make_photo, said_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return make_user("camille")


def test_it_waits_with_its_papers_and_makes_nobody(parent, mailoutbox):
    application = enrol(parent, make_photo(), make_photo())

    assert (application.state, application.beneficiary) == (ApplicationState.SENT, None)
    assert application.papers.count() == 2
    assert str(application.newcomer) == application.child_name == "Maël LEROY"
    assert not Beneficiary.objects.exists()
    assert [(mail.subject, mail.to) for mail in mailoutbox] == [("Demande reçue pour Maël", [parent.email])]
    assert "inscription" in mailoutbox[0].body
    assert "boursier" not in mailoutbox[0].body


def test_the_same_form_sent_twice_asks_once(parent):
    key = uuid.uuid4()

    assert enrol(parent, key=key) == enrol(parent, key=key)
    assert Newcomer.objects.get().application.papers.count() == 1


@pytest.mark.parametrize(
    "fields",
    [{}, {"first_name": "MAEL"}, {"first_name": "Leroy", "last_name": "Maël"}, {"grade": "5"}],
)
def test_the_same_child_however_it_is_written_is_asked_for_once(parent, fields):
    enrol(parent)

    with pytest.raises(AlreadyEnrolling):
        enrol(parent, **fields)
    enrol(parent, first_name="Noé")
    enrol(parent, birth_year=2013)


def test_two_parents_each_ask(parent):
    enrol(parent)
    enrol(make_user("dominique"))

    assert Application.objects.count() == 2


def test_withdrawn_or_refused_it_is_asked_for_anew(parent):
    sending.withdraw(application_id=enrol(parent).pk, actor=parent)
    refused = enrol(parent)
    deciding.refuse(application_id=refused.pk, reason="Non.", actor=make_decider())

    enrol(parent)


def test_no_more_than_a_family_has(parent):
    for number in range(MOST_ENROLMENTS):
        enrol(parent, birth_year=2010 + number)

    with pytest.raises(TooManyEnrolments):
        enrol(parent, birth_year=2009)
    assert Application.objects.count() == MOST_ENROLMENTS


def test_without_a_paper_or_an_open_campaign(parent):
    with pytest.raises(NoPaper):
        enrolling.enrol(key=uuid.uuid4(), child=said_of(), papers=[], actor=parent)
    make_campaign()
    Campaign.objects.update(last_ticket_on=days(-1))
    with pytest.raises(NotOpen):
        enrolling.enrol(key=uuid.uuid4(), child=said_of(), papers=[make_photo()], actor=parent)


def test_of_two_open_campaigns_the_one_that_begins(parent):
    make_campaign(opens_on=days(-300))
    new = make_campaign(opens_on=days(-3))

    assert enrol(parent).campaign == new


def test_only_who_asked_answers(parent):
    application = make_enrolment(parent)
    deciding.ask(application_id=application.pk, reason="Il manque une page.", actor=make_decider())
    other = make_user("dominique")

    with pytest.raises(Moved):
        sending.complete(application_id=application.pk, actor=other, key=uuid.uuid4(), papers=[make_photo()])
    with pytest.raises(Moved):
        sending.withdraw(application_id=application.pk, actor=other)
    sending.complete(application_id=application.pk, key=uuid.uuid4(), papers=[make_photo()], actor=parent)
    application.refresh_from_db()
    assert application.state == ApplicationState.SENT


def test_an_account_that_another_became_follows_it(parent):
    kept = make_user("camille.deux")
    application = enrol(parent)
    parent.merged_into, parent.is_active = kept, False
    parent.save()

    assert reading.asked_by(kept).enrolments == [application]


def test_who_else_asks_for_a_child_is_no_parents_to_know(parent):
    other = make_user("dominique")
    child = make_beneficiary(parent)
    theirs = enrol(other)
    Application.objects.filter(pk=theirs.pk).update(
        beneficiary=child,
        state=ApplicationState.ACCEPTED,
        decided_by=make_decider(),
        decided_at=theirs.sent_at,
    )

    assert not Application.objects.accessible_to(parent).exists()
    assert Application.objects.accessible_to(other).get() == theirs


@pytest.mark.parametrize("who", [{"is_staff": True}, {"is_active": False}])
def test_nobody_else_enrols(who):
    user = make_user(**who)
    enrol(user)

    assert not enrolling.may_enrol(user)
    assert reading.asked_by(user).enrolments == []


def test_a_child_enrols_nobody():
    garance = make_user("garance")
    make_beneficiary(user=garance)

    assert not enrolling.may_enrol(garance)
