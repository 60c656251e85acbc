"""Another collège: asked by a guardian, accepted by an agent, once."""

import datetime as dt
import uuid

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Beneficiary, School
from accounts.tests.factories import make_user
from applications import asking, deciding, merging, sending
from applications.changing_school import accept_school, place_of
from applications.exceptions import (
    AlreadyAsked,
    Moved,
    NoSchool,
    NotOpen,
)
from applications.models import Application, ApplicationState, NewSchool
from applications.models.application import KEPT_FOR
from tickets.child_merge import merge_children
from wallets.models import Campaign, Entry
from wallets.tests.factories import days

from .factories import (
    ask_for_school,
    campaign_of,
    make_application,
    make_child,
    make_decider,
    make_photo,
    make_readable,
    make_school_change,
)
from .meanwhile import OF_A_CHILD

pytestmark = pytest.mark.django_db
CURIE = "0920002Y"


@pytest.fixture
def child():
    return make_child()


def accept(application, **fields):
    return accept_school(application_id=application.pk, **{"actor": make_decider(), **fields})


def refuse(application):
    deciding.refuse(application_id=application.pk, reason="Non.", actor=make_decider())


def now(child):
    child.refresh_from_db()
    return child.school_id, child.grade


def state_of(application):
    application.refresh_from_db()
    return application.state


def test_accepted_the_child_goes_there_and_its_family_is_told(child, mailoutbox):
    before, entries = place_of(child), Entry.objects.count()
    application = make_school_change(child)

    assert accept(application) == (before, "Collège Marie Curie, 5e")
    assert now(child) == (CURIE, "5")
    assert state_of(application) == ApplicationState.ACCEPTED
    assert Entry.objects.count() == entries
    assert mailoutbox[-1].subject == "Changement de collège accepté pour Garance"
    assert mailoutbox[-1].to == [child.guardians.get().email]
    assert "Collège Marie Curie, 5e" in mailoutbox[-1].body


def test_one_that_had_left_the_lists_is_enrolled_again(child):
    Beneficiary.objects.filter(pk=child.pk).update(is_enrolled=False)
    before, after = accept(make_school_change(child))

    assert ("non inscrit" in before, "non inscrit" in after) == (True, False)
    child.refresh_from_db()
    assert child.is_enrolled


def test_a_college_that_the_family_wrote_is_found_by_the_agent(child):
    application = make_school_change(child, school=None, other_school="Collège Rodin, Paris")
    with pytest.raises(NoSchool):
        accept(application)
    rodin = School.objects.create(uai="0750001Y", name="Collège Rodin", insee_code="75113")

    accept(application, school_id=rodin.pk)
    assert now(child) == (rodin.pk, "5")


def test_one_at_a_time_of_a_child_whoever_asks():
    first, second = make_user(), make_user()
    child = make_child(first, second)
    application = make_school_change(child, actor=first)

    for actor in (first, second):
        with pytest.raises(AlreadyAsked):
            ask_for_school(child, actor=actor)
    deciding.ask(application_id=application.pk, reason="Une page manque.", actor=make_decider())
    with pytest.raises(AlreadyAsked):
        ask_for_school(child, actor=second)
    assert NewSchool.objects.count() == 1


@pytest.mark.parametrize("answer", [accept, refuse], ids=["accepted", "refused"])
def test_once_answered_a_child_may_move_again(child, answer):
    answer(make_school_change(child))
    again = make_school_change(child, grade="4")
    accept(again)

    assert now(child) == (CURIE, "4")


def test_beside_a_scholarship_that_waits(child):
    scholarship = make_application(child)
    accept(make_school_change(child))

    deciding.accept(application_id=scholarship.pk, actor=make_decider())
    assert state_of(scholarship) == ApplicationState.ACCEPTED


def test_the_same_form_sent_twice_asks_once(child, mailoutbox):
    key = uuid.uuid4()

    assert ask_for_school(child, key=key) == ask_for_school(child, key=key)
    assert Application.objects.get().papers.count() == 1
    assert [mail.subject for mail in mailoutbox] == ["Demande reçue pour Garance"]


def test_the_key_of_another_family_leads_nowhere(child):
    theirs = ask_for_school(make_child(campaign=campaign_of(child)))

    with pytest.raises(AlreadyAsked):
        ask_for_school(child, key=theirs.key)


def test_between_two_campaigns(child):
    Campaign.objects.update(last_ticket_on=days(-1))

    with pytest.raises(NotOpen):
        asking.ask(
            beneficiary_id=child.pk,
            said=NewSchool(other_school="Collège Rodin", grade="6", since=timezone.localdate()),
            key=uuid.uuid4(),
            papers=[make_photo()],
            actor=child.guardians.get(),
        )
    assert not Application.objects.exists()


def test_a_second_time_it_is_not_accepted(child):
    application = make_school_change(child)
    accept(application)
    Beneficiary.objects.filter(pk=child.pk).update(grade="3")

    with pytest.raises(Moved):
        accept(application)
    assert now(child) == (CURIE, "3")


@pytest.mark.parametrize(("happens", "refusal"), OF_A_CHILD)
def test_refused_it_changes_nothing(child, happens, refusal):
    application, before = make_school_change(child), now(child)
    happens(application)

    with pytest.raises(refusal):
        accept(application)
    assert now(child) == before


def test_a_scholarship_is_accepted_by_its_own_act(child):
    with pytest.raises(Moved):
        accept(make_application(child))
    with pytest.raises(Application.DoesNotExist):
        deciding.accept(application_id=make_school_change(child).pk, actor=make_decider())


def test_a_refusal_is_reopened_and_what_was_accepted_is_not(child):
    application, agent = make_school_change(child), make_decider()
    refuse(application)
    assert deciding.reopen(application_id=application.pk, actor=agent) == []
    accept(application)

    with pytest.raises(Moved):
        deciding.reopen(application_id=application.pk, actor=agent)


def test_reopened_while_another_waits(child):
    first = make_school_change(child)
    refuse(first)
    make_school_change(child)

    with pytest.raises(AlreadyAsked):
        deciding.reopen(application_id=first.pk, actor=make_decider())


@pytest.mark.parametrize("asked_too", [True, False])
def test_of_a_child_that_has_two_rows(child, asked_too):
    double = make_child(campaign=campaign_of(child))
    theirs = make_school_change(double)
    if asked_too:
        make_school_change(child)
    merge_children(double_id=double.pk, kept_id=child.pk)
    merging.move(double_id=double.pk, kept_id=child.pk)

    state = state_of(theirs)
    assert theirs.beneficiary == child
    assert state == (ApplicationState.WITHDRAWN if asked_too else ApplicationState.SENT)


@pytest.mark.parametrize(("passed", "stays"), [(-1, True), (1, False)])
def test_what_was_said_goes_with_the_papers(child, passed, stays):
    application = make_school_change(child)
    refuse(application)
    Application.objects.update(decided_at=timezone.now() - KEPT_FOR - dt.timedelta(days=passed))
    call_command("purge")

    assert NewSchool.objects.exists() == stays
    assert deciding.may_be_reopened(Application.objects.get()) == stays


def test_what_was_completed_is_read_anew(child):
    application = make_school_change(child)
    deciding.ask(application_id=application.pk, reason="Une page manque.", actor=make_decider())
    sending.complete(
        application_id=application.pk, key=uuid.uuid4(), papers=[make_photo()], actor=application.sent_by
    )
    make_readable(application)

    accept(application)
    assert now(child) == (CURIE, "5")
