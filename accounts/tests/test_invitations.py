"""Who waits for a first access: each account never activated is counted once."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import invitations
from accounts.invitations import WHOLE, Choice, Counts
from accounts.models import Grade, School
from accounts.tests.factories import make_beneficiary, make_user

from .test_whole_tables import read_whole

pytestmark = pytest.mark.django_db
ADDRESS = "camille@famille.example"


def make_new(*, child=None, email=ADDRESS, **fields):
    user = make_user(password=None, email=email, **fields)
    make_beneficiary(user, **(child or {}))
    return user


def proposed(choice=WHOLE):
    return {
        user
        for by_mail in (True, False)
        for user in invitations.to_invite(again=False, by_mail=by_mail, choice=choice)
    }


@pytest.mark.parametrize("email", ["", ADDRESS])
def test_only_the_enrolled_are_proposed(email):
    """admin.md 34: 40,040 of 40,060 désinscrits, and 40,044 e-mails proposed."""
    guardian = make_new(email=email)
    own = make_user(password=None, email=email)
    make_beneficiary(user=own)
    # One of two children is enough.
    both = make_new(email=email)
    make_beneficiary(both, is_enrolled=False)
    gone = make_user(password=None, email=email)
    make_beneficiary(gone, user=make_user(password=None, email=email), is_enrolled=False)
    make_user(password=None, email=email)

    assert proposed() == {guardian, own, both}


def test_a_choice_is_of_a_child_there_who_is_enrolled():
    """admin.md 34: no choice of collège."""
    other = School.objects.create(uai="0920002A", name="Autre", insee_code="92002")
    here = make_new(child={"grade": Grade.SIXIEME})
    there = make_new(child={"school": other, "grade": Grade.TROISIEME})
    # Of two children, the one who is in the choice has left.
    make_beneficiary(here, school=other, is_enrolled=False)

    assert proposed(Choice(school="0920001X")) == {here}
    assert proposed(Choice(school=other.pk)) == {there}
    assert proposed(Choice(grade=Grade.TROISIEME)) == {there}
    assert proposed(Choice(school=other.pk, grade=Grade.SIXIEME)) == set()
    assert invitations.count(Choice(school=other.pk)).not_enrolled == 1


def test_the_counts_add_up():
    """admin.md 34: by e-mail, by letter, already invited, set aside: all, and each once."""
    now = timezone.now()
    old = now - dt.timedelta(days=62)
    for email, made in ((ADDRESS, (1, 2, 3)), ("", (2, 1, 2))):
        for at, count in zip((None, now, old), made, strict=True):
            for _ in range(count):
                make_new(email=email, access_code_at=at)
    make_new(email_by_agent=True, email_changed_at=now)
    for _ in range(2):
        make_new(child={"is_enrolled": False})
    make_user(password=None)
    # Of no choice: activated, closed, an agent.
    make_beneficiary(make_user())
    make_new(is_active=False)
    make_new(is_staff=True)

    counts = invitations.count(WHOLE)
    assert counts == Counts(1, 2, 3, 2, 1, 2, two_agents=1, not_enrolled=3)
    assert (counts.of_mail, counts.of_letter, counts.total) == (6, 5, 15)
    assert invitations.never_activated(WHOLE).count() == 15
    for again, by_mail, count in ((False, True, 1), (True, True, 3), (False, False, 2), (True, False, 2)):
        assert invitations.to_invite(again=again, by_mail=by_mail).count() == count
    # Of the collège, all but the one who has no child.
    assert invitations.count(Choice(school="0920001X")).total == 14


def test_each_table_is_read_once_and_not_for_each_account():
    """An « or » over two tables would read the one for every row of the other."""
    make_new()
    with CaptureQueriesContext(connection) as asked:
        invitations.count(WHOLE)
    for query in asked:
        # The accounts, whole: they are counted. The children and the guardians beside them, once.
        tables = [*read_whole(query["sql"])]
        assert len(tables) == len(set(tables)), query["sql"]
