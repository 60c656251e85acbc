"""What came and left in seven days, in two statements."""

import datetime as dt

import pytest
from django.utils import timezone

from applications import deciding, sending
from applications.figures import QueueFigures, of_the_week
from applications.models import Application

from .factories import make_application, make_decider, make_enrolment, make_school_change

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def moved(application, **ago):
    """Each of its moments, so many days ago."""
    moments = {name: timezone.now() - days * DAY for name, days in ago.items()}
    Application.objects.filter(pk=application.pk).update(**moments)
    application.refresh_from_db()
    return application


def decide(act, application, **fields):
    act(application_id=application.pk, actor=make_decider(), **fields)
    return application


def test_of_nothing():
    assert of_the_week() == QueueFigures(0, 0, 0, 0, None, 0, None)


def test_what_came_and_what_left():
    first = moved(make_application(), sent_at=30, waiting_since=9)
    moved(make_school_change(), sent_at=2, waiting_since=2)
    for days in (1, 3, 8):
        accepted = decide(deciding.accept, make_application())
        moved(accepted, sent_at=days + 8, waiting_since=days + 2, decided_at=2)
    refused = decide(deciding.refuse, make_enrolment(first.sent_by), reason="Non.")
    moved(refused, sent_at=6, waiting_since=6, decided_at=0)
    decide(deciding.ask, make_application(), reason="Une page manque.")

    figures = of_the_week()
    # 1, 3, 8 and 6 days.
    assert figures.delay
    assert round(figures.delay / DAY, 3) == 4.5
    assert (figures.accepted, figures.refused, figures.asked) == (3, 1, 1)
    # The change of school, the refused one, the asked one; nothing of eight days ago, or before.
    assert figures.sent == 3
    assert (figures.waiting, figures.oldest) == (2, first.waiting_since)


@pytest.mark.parametrize(("days", "counts"), [(6.99, 1), (7.01, 0)])
def test_seven_days(days, counts):
    moved(decide(deciding.accept, make_application()), sent_at=days, waiting_since=days, decided_at=days)
    moved(decide(deciding.ask, make_application(), reason="x"), sent_at=days, waiting_since=days)

    figures = of_the_week()
    assert (figures.accepted, figures.asked, figures.sent) == (counts, counts, 2 * counts)


def test_what_is_withdrawn_came_and_waits_no_more():
    application = make_application()
    sending.withdraw(application_id=application.pk, actor=application.sent_by)

    figures = of_the_week()
    assert (figures.sent, figures.waiting, figures.oldest) == (1, 0, None)


def test_two_statements_whatever_their_number(django_assert_num_queries):
    for _ in range(3):
        make_application()
        decide(deciding.accept, make_application())
    with django_assert_num_queries(2):
        of_the_week()
