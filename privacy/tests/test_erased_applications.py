"""What an erased family asked for waits for nobody, and may be asked for anew by who stays."""

from decimal import Decimal

import pytest

from accounts.tests.factories import make_agent, make_user
from applications import deciding
from applications.accepting import accept_enrolment
from applications.models import Application, ApplicationState, Newcomer, NewSchool, PaperState
from applications.tests.factories import make_application, make_child, make_enrolment, make_school_change
from privacy import erasure

pytestmark = pytest.mark.django_db


def states(application):
    application.refresh_from_db()
    return application.state, application.papers.get().state


def ask_for_more(application):
    deciding.ask(application_id=application.pk, reason="Il manque une page.", actor=make_agent())


@pytest.mark.parametrize("prepare", [lambda application: None, ask_for_more], ids=["sent", "incomplete"])
def test_with_its_child(prepare):
    application = make_application()
    prepare(application)
    erasure.erase_child(beneficiary_id=application.beneficiary.pk, giving_up=Decimal(120), actor=make_agent())

    assert states(application) == (ApplicationState.WITHDRAWN, PaperState.DELETED)
    assert not Application.objects.waiting().exists()


def test_with_who_sent_it():
    first, second = make_user(), make_user()
    child = make_child(first, second)
    application = make_application(child, actor=first)
    erasure.erase_account(user_id=first.pk)

    assert states(application) == (ApplicationState.WITHDRAWN, PaperState.DELETED)
    make_application(child, actor=second)


def test_what_was_decided_stays():
    application = make_application()
    deciding.accept(application_id=application.pk, actor=make_agent())
    erasure.erase_child(beneficiary_id=application.beneficiary.pk, giving_up=Decimal(140), actor=make_agent())

    assert states(application) == (ApplicationState.ACCEPTED, PaperState.DELETED)


@pytest.mark.parametrize("whose", ["child", "parent"])
def test_where_a_child_was_to_go_is_forgotten_with_it_or_with_who_asked(whose):
    child = make_child(make_user(), make_user())
    application = make_school_change(child)
    if whose == "child":
        erasure.erase_child(beneficiary_id=child.pk, giving_up=Decimal(120), actor=make_agent())
    else:
        erasure.erase_account(user_id=application.sent_by_id)

    assert states(application) == (ApplicationState.WITHDRAWN, PaperState.DELETED)
    assert not NewSchool.objects.exists()


def test_whom_it_was_enrolling_is_forgotten_with_who_asked():
    application = make_enrolment()
    erasure.erase_account(user_id=application.sent_by_id)

    assert states(application) == (ApplicationState.WITHDRAWN, PaperState.DELETED)
    assert (application.child_key, Newcomer.objects.exists()) == ("", False)


def test_a_child_that_was_enrolled_is_forgotten_there_too():
    application = make_enrolment()
    child, _ = accept_enrolment(application_id=application.pk, actor=make_agent())
    erasure.erase_child(beneficiary_id=child.pk, giving_up=Decimal(80), actor=make_agent())

    assert states(application) == (ApplicationState.ACCEPTED, PaperState.DELETED)
    assert (application.child_key, Newcomer.objects.exists()) == ("", False)
