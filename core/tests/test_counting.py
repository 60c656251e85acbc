"""Several counts in one statement."""

import pytest

from accounts.models import User
from accounts.tests.factories import make_user
from core.counting import counts
from core.models import CommandRun

pytestmark = pytest.mark.django_db


def test_each_in_its_place(django_assert_num_queries):
    for _ in range(3):
        make_user()
    CommandRun.objects.note("purge")

    with django_assert_num_queries(1):
        assert counts(
            User.objects.filter(is_staff=True),
            User.objects.all(),
            User.objects.none(),
            CommandRun.objects.all(),
        ) == [0, 3, 0, 1]


def test_of_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert counts() == []
