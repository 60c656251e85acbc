"""Of what is asked, the small demonstration has an example of each kind in each state."""

from itertools import product

import pytest
from django.core.management import call_command

from accounts.models import User
from applications.models import Application, ApplicationKind, ApplicationState
from applications.reading import asked_by
from tickets.models import Ticket
from wallets.models import Entry

pytestmark = pytest.mark.django_db
KINDS, STATES = ApplicationKind, ApplicationState
# A supplement that is granted is money; of a change one at a time is open.
NOT_SHOWN = {
    (KINDS.SCHOLARSHIP, STATES.ACCEPTED),
    *product([KINDS.SCHOLARSHIP, KINDS.SCHOOL, KINDS.GUARDIAN, KINDS.SHEET], [STATES.INCOMPLETE]),
}


def test_each_kind_in_each_state_once():
    call_command("demo", verbosity=0)
    asked = [*Application.objects.values_list("kind", "state")]
    call_command("demo", verbosity=0)

    assert {*asked} == {*product(KINDS, STATES)} - NOT_SHOWN
    assert Application.objects.count() == len(asked)


def test_a_child_of_last_year_waits_to_be_enrolled_again():
    call_command("demo", verbosity=0)
    again = Application.objects.get(kind=KINDS.ENROLMENT, state=STATES.SENT, beneficiary__first_name="Maël")

    assert str(again.newcomer) == str(again.beneficiary)


def test_what_waits_is_read_by_an_agent_and_followed_by_who_asked():
    call_command("demo", verbosity=0)
    for application in Application.objects.waiting():
        papers = [paper.content[:2] for paper in application.papers.all()]
        assert papers == [b"\xff\xd8"] * application.takes_papers
        assert application.said or application.is_scholarship
    asked = asked_by(User.objects.get(username="voisin.test"))

    assert {it.state for it in asked.enrolments} == {STATES.SENT, STATES.INCOMPLETE, STATES.REFUSED}
    [of_child] = asked.changes.values()
    assert {*of_child} == {KINDS.SCHOOL, KINDS.GUARDIAN}


def test_the_money_is_as_it_was():
    call_command("demo", verbosity=0)

    assert not Ticket.objects.exists()
    assert {*Entry.objects.values_list("nature", flat=True)} == {"grant"}
