"""What the database refuses, by name, whatever the services do."""

import uuid

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from applications.models import (
    Application,
    ApplicationState,
    Newcomer,
    NewSchool,
    OtherGuardian,
    Paper,
    PaperState,
    Reason,
    Rules,
)

from .factories import (
    ask_for_guardian,
    campaign_of,
    make_application,
    make_child,
    make_enrolment,
    make_invited,
    make_school_change,
)

pytestmark = pytest.mark.django_db
STATES = ApplicationState


@pytest.fixture
def application():
    return make_application()


def again(application, state, **fields):
    return Application.objects.create(
        key=uuid.uuid4(),
        kind=application.kind,
        beneficiary=application.beneficiary,
        campaign=application.campaign,
        sent_by=application.sent_by,
        state=state,
        **fields,
    )


def decided(**fields):
    return {"decided_at": timezone.now(), "decided_by": make_user(), **fields}


@pytest.mark.parametrize("state", [STATES.SENT, STATES.INCOMPLETE, STATES.ACCEPTED])
@pytest.mark.parametrize("other", [STATES.SENT, STATES.INCOMPLETE, STATES.ACCEPTED])
def test_one_living_of_a_child_a_campaign_and_a_kind(refused_by, application, state, other):
    reason = {STATES.INCOMPLETE: {"reason": "x"}, STATES.ACCEPTED: decided(), STATES.SENT: {}}
    Application.objects.filter(pk=application.pk).update(state=state, **reason[state])
    with refused_by("applications_application_one_living"):
        again(application, other, **reason[other])


def test_after_a_refusal_or_a_withdrawal_it_is_asked_anew(application):
    Application.objects.filter(pk=application.pk).update(state=STATES.REFUSED, **decided(reason="x"))
    again(application, STATES.WITHDRAWN)
    again(application, STATES.SENT)


def test_one_form_one_application(refused_by, application):
    child = make_child()
    with refused_by("applications_application_key_key"):
        Application.objects.create(
            key=application.key,
            kind=application.kind,
            beneficiary=child,
            campaign=campaign_of(child),
            sent_by=application.sent_by,
        )


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("state_is_known", {"state": "x"}),
        ("kind_is_known", {"kind": "x"}),
        ("decided_means_dated_and_signed", {"state": STATES.ACCEPTED}),
        ("decided_means_dated_and_signed", {"decided_at": timezone.now()}),
        ("explained_where_it_must_be", {"state": STATES.INCOMPLETE}),
        ("explained_where_it_must_be", {"reason": "x"}),
        ("claimed_means_dated", {"claimed_at": timezone.now()}),
    ],
)
def test_of_an_application(refused_by, application, constraint, fields):
    with refused_by(f"applications_application_{constraint}"):
        Application.objects.filter(pk=application.pk).update(**fields)


@pytest.mark.parametrize("name", ["decided_by", "claimed_by"])
def test_who_and_when_go_together(refused_by, application, name):
    constraint = {"decided_by": "decided_means_dated_and_signed", "claimed_by": "claimed_means_dated"}[name]
    with refused_by(f"applications_application_{constraint}"):
        Application.objects.filter(pk=application.pk).update(**{name: make_user()})


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("state_is_known", {"state": "x", "sealed": b""}),
        ("kept_means_sealed", {"sealed": b""}),
        ("kept_means_sealed", {"state": PaperState.DELETED}),
        ("readable_means_of_a_format", {"format": ""}),
        ("refused_means_why", {"state": PaperState.REFUSED, "sealed": b""}),
        ("refused_means_why", {"fault": "x"}),
    ],
)
def test_of_a_paper(refused_by, application, constraint, fields):
    with refused_by(f"applications_paper_{constraint}"):
        application.papers.update(**fields)


def test_a_paper_comes_once(refused_by, application):
    paper = application.papers.get()
    with refused_by("applications_paper_sent_once"):
        Paper.objects.create(application=application, key=paper.key, place=paper.place, sealed=b"x")


def test_of_reasons_and_rules(refused_by):
    reason = Reason.objects.all()[0]
    with refused_by("applications_reason_once"):
        Reason.objects.create(use=reason.use, text=reason.text)
    with refused_by("applications_reason_use_is_known"):
        Reason.objects.create(use="x", text="y")
    with refused_by("applications_reason_kind_is_known"):
        Reason.objects.create(use=reason.use, kind="x", text="y")
    with refused_by("applications_rules_are_one_row"):
        Rules.objects.create(pk=2)


class TestSchoolChanges:
    @pytest.mark.parametrize("state", [STATES.SENT, STATES.INCOMPLETE])
    @pytest.mark.parametrize("other", [STATES.SENT, STATES.INCOMPLETE])
    def test_one_open_of_a_child(self, refused_by, state, other):
        asked = make_school_change()
        reason = {STATES.INCOMPLETE: {"reason": "x"}, STATES.SENT: {}}
        Application.objects.filter(pk=asked.pk).update(state=state, **reason[state])
        with refused_by("applications_application_one_open"):
            again(asked, other, **reason[other])

    def test_once_answered_another_may_be_asked(self):
        asked = make_school_change()
        Application.objects.filter(pk=asked.pk).update(state=STATES.ACCEPTED, **decided())
        again(asked, STATES.SENT)

    @pytest.mark.parametrize(
        ("constraint", "fields"),
        [("has_one_school", {"other_school": "x"}), ("grade_is_known", {"grade": "2"})],
    )
    def test_of_a_new_school(self, refused_by, constraint, fields):
        make_school_change()
        with refused_by(f"applications_newschool_{constraint}"):
            NewSchool.objects.update(**fields)

    def test_it_is_of_a_child(self, refused_by):
        asked = make_school_change()
        with refused_by("applications_application_of_a_child"):
            Application.objects.filter(pk=asked.pk).update(beneficiary=None)


class TestOtherGuardians:
    def test_one_open_of_a_child(self, refused_by):
        asked = ask_for_guardian()
        with refused_by("applications_application_one_open"):
            again(asked, STATES.SENT)

    def test_one_key_each_and_nobody_joins_uninvited(self, refused_by):
        first, second = make_invited(), make_invited(make_child(), email="autre@famille.example")
        with refused_by("applications_otherguardian_key_is_unique"):
            OtherGuardian.objects.filter(pk=first.pk).update(key=second.key)
        with refused_by("applications_otherguardian_joined_means_invited"):
            OtherGuardian.objects.update(key="", invited_at=None, joined_at=timezone.now())
        with refused_by("applications_otherguardian_dated_means_invited"):
            OtherGuardian.objects.update(key="")


class TestEnrolments:
    @pytest.fixture
    def enrolment(self):
        return make_enrolment()

    def test_one_living_of_who_asks_a_child_and_a_campaign(self, refused_by, enrolment):
        with refused_by("applications_application_one_living_enrolment"):
            Application.objects.create(
                key=uuid.uuid4(),
                kind=enrolment.kind,
                campaign=enrolment.campaign,
                child_key=enrolment.child_key,
                sent_by=enrolment.sent_by,
            )

    def test_what_else_is_asked_is_of_a_child(self, refused_by, application, enrolment):
        for fields in ({"beneficiary": None}, {"child_key": "x"}):
            with refused_by("applications_application_of_a_child"):
                Application.objects.filter(pk=application.pk).update(**fields)
        with refused_by("applications_application_accepted_means_of_somebody"):
            Application.objects.filter(pk=enrolment.pk).update(state=STATES.ACCEPTED, **decided())

    @pytest.mark.parametrize(
        ("constraint", "fields"),
        [
            ("has_one_school", {"other_school": "x"}),
            ("has_one_school", {"school": None}),
            ("has_one_commune", {"other_commune": "x"}),
            ("has_one_commune", {"insee_code": ""}),
            ("grade_is_known", {"grade": "x"}),
        ],
    )
    def test_of_a_newcomer(self, refused_by, enrolment, constraint, fields):
        with refused_by(f"applications_newcomer_{constraint}"):
            Newcomer.objects.update(**fields)
