"""Another guardian: asked for by the first, accepted by an agent, let in by a link, once."""

import datetime as dt
import uuid

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.audit import Action, AuditEntry
from accounts.exceptions import AlreadyGuardian, LinkOutOfUse, NoSuchGuardian
from accounts.models import EndedGuardianship, User
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from applications import deciding, inviting, sending
from applications.exceptions import (
    AlreadyAsked,
    Moved,
    NotThisYear,
)
from applications.models import Application, ApplicationState, OtherGuardian
from applications.models.application import KEPT_FOR
from applications.models.other_guardian import VALID_FOR
from wallets.tests.factories import days

from .factories import (
    ask_for_guardian,
    ask_for_school,
    make_child,
    make_decider,
    make_guardian_request,
    make_invited,
    token_of,
)
from .meanwhile import OF_A_CHILD, merged

pytestmark = pytest.mark.django_db
ADDRESS = "dominique@famille.example"


@pytest.fixture
def parent():
    return make_user("camille", first_name="Camille")


@pytest.fixture
def child(parent):
    return make_child(parent)


def accept(application):
    return inviting.accept_guardian(application_id=application.pk, actor=make_decider())


def join(other, user, **fields):
    year = other.application.beneficiary.birth_year
    return inviting.join(token=token_of(other), **{"birth_year": year, "user": user, **fields})


def guardians(child):
    return {*child.guardians.all()}


def state_of(application):
    application.refresh_from_db()
    return application.state


def test_accepted_a_link_leaves_and_nobody_acts_for_the_child_yet(child, parent, mailoutbox):
    application = make_guardian_request(child)
    other = accept(application)

    assert state_of(application) == ApplicationState.ACCEPTED
    assert guardians(child) == {parent}
    told, invited = mailoutbox[-2:]
    assert (told.to, invited.to) == ([parent.email], [ADDRESS])
    assert "Dominique LEROY" in told.body
    assert inviting.path(other) in invited.body
    assert inviting.path(other) not in told.body
    for secret in (child.last_name, child.school.name, str(child.birth_year)):
        assert secret not in invited.body.replace(str(parent), "")


def test_who_has_an_account_comes_with_it(child, parent, mailoutbox):
    other, user = make_invited(child), make_user("dominique")

    assert join(other, user) == child
    assert guardians(child) == {parent, user}
    other.refresh_from_db()
    assert other.joined_at
    assert mailoutbox[-1].to == [parent.email]
    assert mailoutbox[-1].subject == "Les responsables de Garance ont changé"


def test_who_has_none_makes_one(child, parent):
    other = make_invited(child)
    user, followed = inviting.join_with_new_account(
        token=token_of(other),
        birth_year=child.birth_year,
        first_name="Dominique",
        last_name="LEROY",
        phone="",
        password="trois mots bien choisis",
    )

    assert followed == child
    assert guardians(child) == {parent, user}
    assert (user.email, user.email_confirmed_at is None) == (ADDRESS, False)
    assert user.check_password("trois mots bien choisis")


def test_nothing_differs_where_the_address_has_an_account(child, mailoutbox):
    accept(make_guardian_request(child))
    unknown = mailoutbox[-1]
    make_user("dominique", email="autre@famille.example")
    accept(make_guardian_request(make_child(make_user(), campaign=None), email="autre@famille.example"))
    known = mailoutbox[-1]

    assert known.subject == unknown.subject
    assert len(known.body.splitlines()) == len(unknown.body.splitlines())


def test_a_link_serves_once(child):
    other = make_invited(child)
    join(other, make_user("dominique"))

    with pytest.raises(LinkOutOfUse):
        join(other, make_user("autre"))
    assert child.guardians.count() == 2


def test_who_does_not_know_the_child_is_not_let_in(child, parent):
    other = make_invited(child)

    with pytest.raises(NotThisYear):
        join(other, make_user("dominique"), birth_year=child.birth_year + 1)
    before = User.objects.count()
    with pytest.raises(NotThisYear):
        inviting.join_with_new_account(
            token=token_of(other), birth_year=1, first_name="A", last_name="B", phone="", password="x"
        )
    assert (guardians(child), User.objects.count()) == ({parent}, before)


def test_who_asked_does_not_use_the_link_up(child, parent):
    other = make_invited(child)
    with pytest.raises(AlreadyGuardian):
        join(other, parent)

    join(other, make_user("dominique"))
    assert child.guardians.count() == 2


def test_neither_an_agent_nor_a_child(child):
    other = make_invited(child)
    for user in (make_agent(), make_beneficiary(make_user(), user=make_user("garance")).user):
        with pytest.raises(NoSuchGuardian):
            join(other, user)
    assert child.guardians.count() == 1


def test_who_asked_takes_nothing_back(child, parent):
    other = make_invited(child)
    with pytest.raises(Moved):
        sending.withdraw(application_id=other.application_id, actor=parent)
    user = make_user("dominique")
    join(other, user)

    with pytest.raises(Moved):
        sending.withdraw(application_id=other.application_id, actor=parent)
    assert user in guardians(child)


def test_one_that_an_agent_had_taken_away_and_brings_back(child):
    user = make_user("dominique")
    EndedGuardianship.objects.create(user=user, beneficiary=child)
    join(make_invited(child), user)

    assert user in guardians(child)
    assert not EndedGuardianship.objects.exists()


@pytest.mark.parametrize(("passed", "good"), [(-1, True), (1, False)])
def test_the_link_is_good_for_a_month(child, passed, good):
    other = make_invited(child)
    ago = timezone.now() - VALID_FOR - dt.timedelta(minutes=passed)
    OtherGuardian.objects.filter(pk=other.pk).update(invited_at=ago)

    if good:
        join(other, make_user("dominique"))
    else:
        with pytest.raises(LinkOutOfUse):
            join(other, make_user("dominique"))


def test_sent_again_the_link_before_is_dead_and_the_next_one_good_for_a_month(child, mailoutbox):
    first = make_invited(child)
    ago = timezone.now() - VALID_FOR - dt.timedelta(days=1)
    OtherGuardian.objects.update(invited_at=ago)
    Application.objects.update(decided_at=ago)
    second = inviting.send_again(application_id=first.application_id)

    assert mailoutbox[-1].to == [ADDRESS]
    assert inviting.path(second) in mailoutbox[-1].body
    assert not second.is_over
    with pytest.raises(LinkOutOfUse):
        join(first, make_user("autre"))
    join(second, make_user("dominique"))


def test_sent_again_it_is_good_no_longer_than_the_decision_is_kept(child):
    other = make_invited(child)
    Application.objects.update(decided_at=timezone.now() - KEPT_FOR + dt.timedelta(days=3))

    assert inviting.send_again(application_id=other.application_id).last_day == days(3)


def test_decided_late_on_a_summer_evening_it_is_good_until_a_day_when_it_is(child):
    """Sixty days later the clocks have changed: it ends at ten past eleven, the evening before."""
    other = make_invited(child)
    decided_at = dt.datetime(2026, 10, 4, 22, 10, tzinfo=dt.UTC)
    Application.objects.update(decided_at=decided_at)
    OtherGuardian.objects.update(invited_at=decided_at + KEPT_FOR - dt.timedelta(days=3))
    other = OtherGuardian.objects.select_related("application").get(pk=other.pk)

    assert timezone.localdate(decided_at) == dt.date(2026, 10, 5)
    assert other.last_day == dt.date(2026, 12, 3)


def test_what_has_served_is_not_sent_again(child, mailoutbox):
    other = make_invited(child)
    join(other, make_user("dominique"))
    sent = len(mailoutbox)

    with pytest.raises(Moved):
        inviting.send_again(application_id=other.application_id)
    assert len(mailoutbox) == sent


def test_nor_what_was_not_accepted_was_reopened_or_is_forgotten(child):
    asked = make_guardian_request(child)
    with pytest.raises(Moved):
        inviting.send_again(application_id=asked.pk)
    accept(asked)
    deciding.reopen(application_id=asked.pk, actor=make_decider())
    with pytest.raises(Moved):
        inviting.send_again(application_id=asked.pk)
    accept(asked)
    OtherGuardian.objects.all().delete()
    with pytest.raises(Moved):
        inviting.send_again(application_id=asked.pk)


def test_the_journal_says_who_came_in_by_a_link(child):
    other, user = make_invited(child), make_user("dominique")
    assert not AuditEntry.objects.exists()
    join(other, user)

    line = AuditEntry.objects.about(child).get()
    assert (line.action, line.details) == (Action.GUARDIAN_ADDED, f"{user} (dominique)")
    assert line.reason == f"Invitation acceptée, {other.application}"


@pytest.mark.parametrize("token", ["x", "", "x:y"])
def test_a_forged_link(token, child):
    make_invited(child)
    with pytest.raises(LinkOutOfUse):
        inviting.of_link(token)


def test_an_unsigned_key_opens_nothing(child):
    with pytest.raises(LinkOutOfUse):
        inviting.of_link(make_invited(child).key)


def test_reopened_before_it_served_the_link_is_dead_and_the_next_one_another(child):
    other = make_invited(child)
    assert deciding.may_be_reopened(other.application)
    deciding.reopen(application_id=other.application_id, actor=make_decider())
    with pytest.raises(LinkOutOfUse):
        join(other, make_user("dominique"))

    again = accept(other.application)
    with pytest.raises(LinkOutOfUse):
        join(other, make_user("autre"))
    join(again, make_user("encore"))


def test_once_it_served_it_is_not_reopened(child):
    other = make_invited(child)
    join(other, make_user("dominique"))
    application = Application.objects.get(pk=other.application_id)

    assert not deciding.may_be_reopened(application)
    with pytest.raises(Moved):
        deciding.reopen(application_id=application.pk, actor=make_decider())


def test_a_refused_one_is_reopened(child):
    application, agent = make_guardian_request(child), make_decider()
    deciding.refuse(application_id=application.pk, reason="Non.", actor=agent)
    deciding.reopen(application_id=application.pk, actor=agent)

    assert state_of(application) == ApplicationState.SENT


def test_one_open_at_a_time_beside_a_change_of_school(child):
    application = ask_for_guardian(child)
    ask_for_school(child)
    with pytest.raises(AlreadyAsked):
        ask_for_guardian(child, email="autre@famille.example")

    sending.withdraw(application_id=application.pk, actor=application.sent_by)
    ask_for_guardian(child, email="autre@famille.example")


def test_the_same_form_sent_twice_asks_once(child):
    key = uuid.uuid4()

    assert ask_for_guardian(child, key=key) == ask_for_guardian(child, key=key)


@pytest.mark.parametrize(("happens", "refusal"), OF_A_CHILD)
def test_refused_nobody_is_written_to(child, happens, refusal, mailoutbox):
    application = make_guardian_request(child)
    happens(application)

    with pytest.raises(refusal):
        accept(application)
    assert [ADDRESS] not in [mail.to for mail in mailoutbox]
    assert OtherGuardian.objects.get().key == ""


def test_of_a_child_that_became_another_the_link_leads_nowhere(child):
    other = make_invited(child)
    merged(other.application)

    with pytest.raises(LinkOutOfUse):
        join(other, make_user("dominique"))


@pytest.mark.parametrize(("passed", "stays"), [(-1, True), (1, False)])
def test_who_was_asked_for_is_forgotten_with_the_papers(child, passed, stays):
    make_invited(child)
    Application.objects.update(decided_at=timezone.now() - KEPT_FOR - dt.timedelta(days=passed))
    call_command("purge")

    assert OtherGuardian.objects.exists() == stays
