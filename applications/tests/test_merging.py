"""A child that has two rows asks once."""

import pytest

from applications import deciding, merging
from applications.models import ApplicationState, PaperState
from tickets.child_merge import merge_children

from .factories import campaign_of, make_application, make_child, make_decider

pytestmark = pytest.mark.django_db
STATES = ApplicationState


@pytest.fixture
def kept():
    return make_child()


@pytest.fixture
def double(kept):
    return make_child(campaign=campaign_of(kept))


def merge(double, kept):
    merge_children(double_id=double.pk, kept_id=kept.pk)
    merging.move(double_id=double.pk, kept_id=kept.pk)


def whose(application):
    application.refresh_from_db()
    return application.beneficiary, application.state


def test_what_waits_comes_along(double, kept):
    application = make_application(double)
    merge(double, kept)

    assert whose(application) == (kept, STATES.SENT)
    deciding.accept(application_id=application.pk, actor=make_decider())


def test_where_both_ask_the_kept_one_s_stays(double, kept):
    first, second = make_application(double), make_application(kept)
    merge(double, kept)

    assert whose(first) == (kept, STATES.WITHDRAWN)
    assert whose(second) == (kept, STATES.SENT)
    assert first.papers.get().state == PaperState.DELETED


def test_what_was_given_to_the_double_is_taken_back_and_may_be_asked_for_anew(double, kept):
    application = make_application(double)
    deciding.accept(application_id=application.pk, actor=make_decider())
    merge(double, kept)

    assert whose(application) == (double, STATES.ACCEPTED)
    make_application(kept)


def test_what_comes_along_with_its_wallets_is_still_granted(kept):
    double = make_child()
    application = make_application(double)
    deciding.accept(application_id=application.pk, actor=make_decider())
    merge(double, kept)

    assert whose(application) == (kept, STATES.ACCEPTED)
