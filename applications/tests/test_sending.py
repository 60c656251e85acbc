"""A family asks, completes, withdraws."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Guardianship
from accounts.tests.factories import make_user
from applications import deciding, sending
from applications.exceptions import AlreadyAsked, Moved, NoPaper, NotAskedFor, TooManyPapers
from applications.models import Application, ApplicationState, PaperState
from core.sealing import NotSealed
from wallets.supplements import grant_supplement
from wallets.tests.factories import make_campaign, make_closed_campaign

from .factories import campaign_of, make_application, make_child, make_decider, make_photo, send

pytestmark = pytest.mark.django_db


def state_of(application):
    application.refresh_from_db()
    return application.state


def incomplete(child):
    application = make_application(child)
    deciding.ask(application_id=application.pk, reason="Photo floue.", actor=make_decider())
    return application


def complete(application, actor, **fields):
    asked = {"key": uuid.uuid4(), "papers": [make_photo()], **fields}
    return sending.complete(application_id=application.pk, actor=actor, **asked)


def test_it_waits_with_its_papers_sealed():
    photo = make_photo()
    application = send(make_child(), photo, b"%PDF-1.7")

    assert (application.state, application.papers.count()) == (ApplicationState.SENT, 2)
    first, second = application.papers.order_by("pk")
    assert (first.content, second.content) == (photo, b"%PDF-1.7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM applications_paper")
        assert not any(
            b"JFIF" in bytes(sealed) or b"%PDF" in bytes(sealed) for (sealed,) in cursor.fetchall()
        )


def test_a_paper_does_not_open_in_the_place_of_another():
    first, second = send(make_child(), make_photo(), make_photo()).papers.order_by("pk")
    second.sealed = first.sealed

    with pytest.raises(NotSealed):
        _ = second.content


def test_the_same_form_sent_twice_asks_once(mailoutbox):
    child, key = make_child(), uuid.uuid4()

    assert send(child, key=key) == send(child, key=key)
    assert Application.objects.get().papers.count() == 1
    assert [mail.subject for mail in mailoutbox] == ["Demande reçue pour Garance"]


def test_the_key_of_another_family_leads_nowhere():
    theirs = send(make_child())

    with pytest.raises(AlreadyAsked):
        send(make_child(), key=theirs.key)


def test_another_form_is_refused_while_one_lives():
    child = make_child()
    send(child)

    with pytest.raises(AlreadyAsked):
        send(child)


@pytest.mark.parametrize(("number", "refusal"), [(0, NoPaper), (4, TooManyPapers)])
def test_one_to_three_papers(number, refusal):
    with pytest.raises(refusal):
        send(make_child(), papers=[make_photo()] * number)
    assert not Application.objects.exists()


@pytest.mark.parametrize("campaign", [lambda: make_campaign(supplement=0), make_closed_campaign])
def test_a_campaign_that_gives_none(campaign):
    with pytest.raises(NotAskedFor):
        send(make_child(campaign=campaign()))
    assert not Application.objects.exists()


def test_a_child_that_has_it_or_has_no_wallet_there():
    child = make_child()
    with pytest.raises(NotAskedFor):
        send(child, campaign_id=make_campaign().pk)
    grant_supplement(beneficiary_id=child.pk, campaign_id=campaign_of(child).pk, actor=make_decider())
    with pytest.raises(NotAskedFor):
        send(child)


def test_only_what_was_asked_is_sent_again():
    child = make_child()
    application = incomplete(child)
    key = uuid.uuid4()
    for _ in range(2):
        complete(application, application.sent_by, key=key)

    assert (state_of(application), application.reason) == (ApplicationState.SENT, "")
    states = [paper.state for paper in application.papers.order_by("pk")]
    assert states == [PaperState.READABLE, PaperState.RECEIVED]
    with pytest.raises(AlreadyAsked):
        complete(application, application.sent_by)


def test_another_guardian_answers_only_once_who_sent_it_is_none_any_more():
    first, second = make_user(), make_user()
    application = incomplete(make_child(first, second))

    for refused in (
        lambda: complete(application, second),
        lambda: sending.withdraw(application_id=application.pk, actor=second),
    ):
        with pytest.raises(Moved):
            refused()
    Guardianship.objects.filter(user=first).delete()
    complete(application, second)

    application.refresh_from_db()
    assert application.sent_by == second
    # Of the other household nothing is shown.
    assert [paper.state for paper in application.papers.order_by("pk")] == [
        PaperState.DELETED,
        PaperState.RECEIVED,
    ]


def test_withdrawn_its_papers_are_gone_and_it_may_be_asked_anew():
    child = make_child()
    application = send(child)
    sending.withdraw(application_id=application.pk, actor=application.sent_by)

    assert state_of(application) == ApplicationState.WITHDRAWN
    assert bytes(application.papers.get().sealed) == b""
    with pytest.raises(Moved):
        sending.withdraw(application_id=application.pk, actor=application.sent_by)
    send(child)


def test_it_is_told_to_who_sent_it_and_to_no_other_guardian(mailoutbox):
    first, second = make_user(), make_user()
    application = incomplete(make_child(first, second))
    complete(application, first)

    assert [mail.to for mail in mailoutbox] == [[first.email]] * 2


def test_nothing_is_told_to_who_is_no_guardian_any_more(mailoutbox):
    child = make_child()
    application = send(child)
    child.guardianships.all().delete()
    deciding.refuse(application_id=application.pk, reason="Non.", actor=make_decider())

    assert [mail.subject for mail in mailoutbox] == ["Demande reçue pour Garance"]


def test_what_is_completed_waits_anew():
    application = incomplete(make_child())
    Application.objects.update(waiting_since=timezone.now() - dt.timedelta(days=9))
    complete(application, application.sent_by)

    application.refresh_from_db()
    assert timezone.now() - application.waiting_since < dt.timedelta(minutes=1)
