"""A use that was a mistake: who takes it back, until when."""

import datetime as dt

import pytest

from accounts.tests.factories import make_user
from partners.exceptions import NotAMember
from partners.models import Role
from partners.tests.members import make_member
from tickets.counter.undoing import AlreadyUndone, TooLateToUndo
from tickets.models import Happened, Notice, State, Use
from tickets.tests.counter.counters import Counter, elsewhere
from tickets.tests.factories import make_ticket
from tickets.tests.states import end_validation
from wallets.models import Kind
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def use(counter) -> Use:
    return counter.use(make_ticket(wallet=make_wallet("60", kind=Kind.CULTURE)))


def yesterday(use: Use) -> None:
    Use.objects.filter(pk=use.pk).update(used_at=use.used_at - dt.timedelta(hours=25))


def test_ones_own_is_taken_back_the_same_day(counter, use):
    counter.undo(use)
    use.refresh_from_db()

    assert (use.undone_by, use.undo_reason) == (counter.member, "Ce n’était pas le bon enfant")
    assert (use.ticket.state, use.ticket.offer) == (State.UNUSED, None)


def test_not_the_day_after(counter, use):
    yesterday(use)
    with pytest.raises(TooLateToUndo):
        counter.undo(use)


def test_nor_another_members(counter, use):
    colleague = make_member(counter.partner)
    with pytest.raises(TooLateToUndo):
        counter.undo(use, colleague.user)


def test_a_manager_takes_back_any(counter, use):
    yesterday(use)
    counter.undo(use, make_member(counter.partner, Role.MANAGER).user)
    use.refresh_from_db()

    assert use.undone_at


def test_nothing_is_undone_twice(counter, use):
    counter.undo(use)
    with pytest.raises(AlreadyUndone):
        counter.undo(use)


def test_nobody_undoes_elsewhere(use):
    with pytest.raises(Use.DoesNotExist):
        elsewhere().undo(use)


def test_nor_who_is_no_member(counter, use):
    with pytest.raises(NotAMember):
        counter.undo(use, make_user())


def test_after_its_last_day_it_has_expired(counter, use):
    end_validation(use.ticket)
    counter.undo(use)
    use.ticket.refresh_from_db()

    assert use.ticket.displayed_state == State.EXPIRED


def test_the_family_is_told(counter, use):
    Notice.objects.all().delete()
    counter.undo(use)

    assert [it.happened for it in Notice.objects.all()] == [Happened.USE_UNDONE]


def test_unless_it_was_not_told_of_the_use(counter, use):
    counter.undo(use)

    assert not Notice.objects.filter(ticket=use.ticket, happened=Happened.USE_UNDONE).exists()
