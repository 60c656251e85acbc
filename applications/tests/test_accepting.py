"""An agent accepts: the child, its guardian, its wallets; at once, and nothing twice."""

from decimal import Decimal

import pytest

from accounts.models import Beneficiary, Guardianship
from accounts.tests.factories import make_beneficiary, make_user
from applications import deciding
from applications.accepting import PROVISIONAL, accept_enrolment
from applications.exceptions import (
    AlreadyTheirs,
    Moved,
    NumberTaken,
    SenderGone,
)
from applications.models import Application, ApplicationState
from wallets.campaigns import open_wallets
from wallets.exceptions import CampaignOver
from wallets.models import Campaign, Kind, Wallet
from wallets.tests.factories import days

from .factories import enrol, make_decider, make_enrolment
from .meanwhile import MEANWHILE, gone

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return make_user("camille")


@pytest.fixture
def application(parent):
    return make_enrolment(parent)


def accept(application, **fields):
    child, _ = accept_enrolment(application_id=application.pk, **{"actor": make_decider(), **fields})
    return child


def balances(child):
    return {wallet.kind: wallet.balance for wallet in Wallet.objects.filter(beneficiary=child)}


GRANTED = {Kind.SPORT: Decimal(60), Kind.CULTURE: Decimal(20)}


def nothing_came_of(application):
    return not Guardianship.objects.filter(user=application.sent_by).exists() and not Wallet.objects.exists()


def test_a_child_that_nobody_knew(application, parent, mailoutbox):
    child = accept(application)

    assert (child.first_name, child.last_name, child.birth_year) == ("Maël", "LEROY", 2014)
    assert (child.school_id, child.grade, child.insee_code) == ("0920001X", "6", "92002")
    assert child.is_enrolled
    assert child.pupil_number.startswith(PROVISIONAL)
    assert [*child.guardians.all()] == [parent]
    assert balances(child) == GRANTED
    application.refresh_from_db()
    assert (application.state, application.beneficiary) == (ApplicationState.ACCEPTED, child)
    assert mailoutbox[-1].subject == "Inscription acceptée pour Maël"
    assert f"/beneficiaires/{child.public_id}/" in mailoutbox[-1].body


def test_as_the_agent_writes_it(application):
    child = accept(application, fields={"pupil_number": "E1234567", "insee_code": "92071"})

    assert (child.pupil_number, child.insee_code) == ("E1234567", "92071")


def test_one_that_is_there_gets_its_guardian_and_keeps_what_its_school_says(application, parent, mailoutbox):
    other = make_user("dominique")
    known = make_beneficiary(other, grade="5")
    open_wallets(
        beneficiary_ids=[known.pk], campaign_id=application.campaign_id, preferred=Kind.CULTURE, actor=None
    )
    before = balances(known)

    assert accept(application, child_id=known.pk) == known
    known.refresh_from_db()
    assert (known.grade, {*known.guardians.all()}) == ("5", {parent, other})
    assert balances(known) == before
    assert [other.email] in [mail.to for mail in mailoutbox]


def test_one_that_left_the_lists_is_enrolled_as_its_family_says(application):
    known = make_beneficiary(grade="5", is_enrolled=False)
    accept(application, child_id=known.pk)

    known.refresh_from_db()
    assert (known.is_enrolled, known.grade, balances(known)) == (True, "6", GRANTED)


def test_the_second_parent_is_given_the_same_child_and_nothing_more(application):
    second = make_enrolment(make_user("dominique"))
    child = accept(application)

    with pytest.raises(NumberTaken):
        accept(second)
    assert accept(second, child_id=child.pk) == child
    assert balances(child) == GRANTED
    assert child.guardians.count() == 2


def test_a_namesake_is_told_by_its_number(application):
    accept(application)
    accept(make_enrolment(make_user("dominique")), fields={"pupil_number": "E7654321"})

    assert Beneficiary.objects.count() == 2


def test_a_number_that_is_somebody_elses(application):
    taken = make_beneficiary()

    with pytest.raises(NumberTaken):
        accept(application, fields={"pupil_number": taken.pupil_number})
    assert nothing_came_of(application)


def test_a_second_time_nothing_is_granted(application):
    accept(application)

    with pytest.raises(Moved):
        accept(application)
    assert Beneficiary.objects.count() == 1


def test_of_ones_own_child(application, parent):
    with pytest.raises(AlreadyTheirs):
        accept(application, child_id=make_beneficiary(parent).pk)
    application.refresh_from_db()
    assert application.state == ApplicationState.SENT


def over(application):
    Campaign.objects.update(last_ticket_on=days(-1))


@pytest.mark.parametrize(
    ("happens", "refusal"),
    [
        (gone, SenderGone),
        *MEANWHILE,
        (over, CampaignOver),
    ],
)
def test_refused_it_leaves_nothing_behind(application, happens, refusal):
    happens(application)

    with pytest.raises(refusal):
        accept(application)
    assert nothing_came_of(application)
    assert not Beneficiary.objects.exists()


def test_of_a_row_that_became_another(application):
    known = make_beneficiary(is_enrolled=False)
    Beneficiary.objects.filter(pk=known.pk).update(merged_into=make_beneficiary())

    with pytest.raises(Moved):
        accept(application, child_id=known.pk)


def test_refused_then_reopened_it_waits_again(application):
    agent = make_decider()
    deciding.refuse(application_id=application.pk, reason="Non.", actor=agent)
    assert deciding.reopen(application_id=application.pk, actor=agent) == []

    accept(application)


def test_what_was_accepted_is_not_reopened(application):
    accept(application)

    with pytest.raises(Moved):
        deciding.reopen(application_id=application.pk, actor=make_decider())
    assert Application.objects.get().state == ApplicationState.ACCEPTED


def test_it_is_not_the_supplement(application):
    with pytest.raises(Application.DoesNotExist):
        deciding.accept(application_id=application.pk, actor=make_decider())
    assert enrol(make_user("dominique")).kind == "enrolment"
