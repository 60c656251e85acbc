"""Papers go two months after the decision; what nobody completed is withdrawn after as long."""

import datetime as dt
import uuid

import pytest
from django.core.management import call_command
from django.utils import timezone

from applications import deciding, retention, sending, signing
from applications.affiliating import accept_affiliation
from applications.models import (
    Application,
    ApplicationState,
    Candidacy,
    Newcomer,
    PaperState,
    Signature,
    SigningCode,
)
from applications.models.application import KEPT_FOR

from .conventions import make_in_force
from .factories import make_application, make_decider, make_enrolment, make_photo
from .organismes import apply, make_candidacy, make_draft
from .signatures import code_for, make_signature, signer_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("act", [deciding.accept, deciding.refuse])
@pytest.mark.parametrize(("days", "state"), [(59, PaperState.READABLE), (61, PaperState.DELETED)])
def test_two_months_after_the_decision_the_paper_goes_and_the_decision_stays(act, days, state):
    application = make_application()
    reason = {"reason": "Non."} if act is deciding.refuse else {}
    act(application_id=application.pk, actor=make_decider(), **reason)
    Application.objects.update(decided_at=timezone.now() - dt.timedelta(days=days))
    before = Application.objects.values("state", "decided_by", "reason").get()

    call_command("purge")

    paper = application.papers.get()
    assert (paper.state, bytes(paper.sealed) == b"") == (state, state == PaperState.DELETED)
    assert Application.objects.values("state", "decided_by", "reason").get() == before


def test_what_waits_for_an_agent_waits():
    make_application()
    Application.objects.update(waiting_since=timezone.now() - 2 * KEPT_FOR)
    call_command("purge")

    assert Application.objects.get().papers.get().state == PaperState.READABLE


def test_what_nobody_completed_is_withdrawn():
    application = make_application()
    deciding.ask(application_id=application.pk, reason="Une page manque.", actor=make_decider())
    Application.objects.update(waiting_since=timezone.now() - KEPT_FOR - dt.timedelta(minutes=1))
    call_command("purge")

    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert application.papers.get().state == PaperState.DELETED


def test_what_is_completed_at_the_last_moment_keeps_its_papers():
    """The purge has read which are abandoned; the family sends what was asked for before it writes."""
    application = make_application()
    deciding.ask(application_id=application.pk, reason="Une page manque.", actor=make_decider())
    Application.objects.update(waiting_since=timezone.now() - 2 * KEPT_FOR)
    abandoned = list(retention.abandoned(timezone.now()))
    sending.complete(
        application_id=application.pk, key=uuid.uuid4(), papers=[make_photo()], actor=application.sent_by
    )

    assert (len(abandoned), retention.withdraw(abandoned)) == (1, 0)
    application.refresh_from_db()
    assert application.state == ApplicationState.SENT
    assert not application.papers.filter(state=PaperState.DELETED).exists()


@pytest.mark.parametrize(("days", "stays"), [(59, True), (61, False)])
def test_who_was_enrolled_is_forgotten_with_the_papers(days, stays):
    application = make_enrolment()
    deciding.refuse(application_id=application.pk, reason="Non.", actor=make_decider())
    Application.objects.update(decided_at=timezone.now() - dt.timedelta(days=days))
    call_command("purge")

    application = Application.objects.get()
    assert (Newcomer.objects.exists(), application.child_key != "") == (stays, stays)
    assert application.child_name == ("Maël LEROY" if stays else "enfant effacé")
    assert deciding.may_be_reopened(application) == stays


def test_who_was_not_enrolled_after_all_is_forgotten_in_the_night():
    application = make_enrolment()
    sending.withdraw(application_id=application.pk, actor=application.sent_by)
    call_command("purge")

    assert not Newcomer.objects.exists()


@pytest.mark.parametrize(("days", "stays"), [(59, True), (61, False)])
def test_a_draft_is_kept_sixty_days_since_it_was_written(days, stays):
    make_draft()
    Candidacy.objects.update(changed_at=timezone.now() - dt.timedelta(days=days))
    call_command("purge")

    assert Candidacy.objects.exists() == stays


@pytest.mark.parametrize(("days", "stays"), [(59, True), (61, False)])
def test_what_an_organisme_said_goes_with_its_papers_and_the_decision_stays(days, stays):
    application = make_candidacy()
    deciding.refuse(application_id=application.pk, reason="Non.", actor=make_decider())
    Application.objects.update(decided_at=timezone.now() - dt.timedelta(days=days))
    call_command("purge")

    application = Application.objects.get()
    assert Candidacy.objects.exists() == stays
    assert (application.papers.get().state == PaperState.READABLE) == stays
    assert application.state == ApplicationState.REFUSED
    assert application.child_name == ("JUDO CLUB D’ANTONY" if stays else "organisme effacé")
    assert deciding.may_be_reopened(application) == stays


def test_one_that_waits_for_an_agent_is_kept():
    apply()
    Candidacy.objects.update(changed_at=timezone.now() - 2 * KEPT_FOR)
    call_command("purge")

    assert Candidacy.objects.exists()


# --- The convention ---------------------------------------------------------------------------


def signer_named():
    return Signature.objects.values_list("name", "email").get()


@pytest.mark.parametrize("days", [59, 61])
def test_who_signed_what_binds_nobody_goes_with_what_was_said(days):
    application = make_candidacy()
    make_signature(application, make_in_force())
    deciding.refuse(application_id=application.pk, reason="Non.", actor=make_decider())
    Application.objects.update(decided_at=timezone.now() - dt.timedelta(days=days))
    before = signer_named()
    call_command("purge")

    assert signer_named() == (before if days < 60 else ("effacé", "effacé"))
    assert Signature.objects.get().text_sha256


def test_of_what_was_withdrawn_it_goes_at_once():
    application = make_candidacy()
    make_signature(application, make_in_force())
    sending.withdraw(application_id=application.pk, actor=application.sent_by)
    call_command("purge")

    assert signer_named() == ("effacé", "effacé")


def test_the_convention_of_an_organisme_stays():
    application = make_candidacy()
    make_signature(application, make_in_force())
    accept_affiliation(application_id=application.pk, actor=make_decider())
    Application.objects.update(decided_at=timezone.now() - 20 * KEPT_FOR)
    call_command("purge")

    assert not Candidacy.objects.exists()
    assert Signature.objects.get().name == "Camille DURAND"
    assert Signature.objects.get().countersignature


@pytest.mark.parametrize(("age", "left"), [(dt.timedelta(), 1), (signing.VALID_FOR, 0)])
def test_a_code_that_is_worth_nothing_goes(age, left):
    code_for(signer_of(make_candidacy()), make_in_force())
    SigningCode.objects.update(sent_at=timezone.now() - age)
    call_command("purge")

    assert SigningCode.objects.count() == left
