"""The KEEP_… of what is not a family: sign-ins, e-mails, suggestions, imports, the journal."""

import datetime as dt

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from post_office.models import STATUS, Email

from accounts import audit
from accounts.audit import Action, AuditEntry
from accounts.email_change import REFUSED_WITHIN
from accounts.models import EmailChange, SignIn
from accounts.tests.factories import make_user
from backoffice.models import Import, Sort, Stage
from partners.models import Suggestion
from partners.tests.factories import make_commune
from tickets.models import Reminder
from wallets.tests.factories import make_campaign

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("late", "left"), [(-1, 1), (1, 0)], ids=["not yet", "over"])
def test_each_thing_has_its_time(purge, late, left):
    user, hour = make_user(), dt.timedelta(hours=late)
    now = timezone.now()
    SignIn.objects.create(user=user, device="x", at=now - settings.KEEP_SIGN_INS - hour)
    mail = Email.objects.create(from_email="nous@pass.example", to=["a@b.example"], status=STATUS.sent)
    Email.objects.filter(pk=mail.pk).update(created=now - settings.KEEP_EMAILS - hour)
    Suggestion.objects.create(
        name="x", commune=make_commune(), activity="x", created_at=now - settings.KEEP_SUGGESTIONS - hour
    )
    Import.objects.create(
        sort=Sort.ROSTER, content=b"x", owner=user, created_at=now - settings.KEEP_IMPORTS - hour
    )
    Session.objects.create(session_key="x", session_data="x", expire_date=now - hour)
    EmailChange.objects.create(user=user, new="a@b.example", asked_at=now - REFUSED_WITHIN - hour)
    Reminder.objects.create(
        user=user,
        campaign=make_campaign(),
        days=7,
        last_ticket_on=timezone.localdate() - settings.KEEP_EMAILS - dt.timedelta(days=late),
    )
    purge()

    for model in (SignIn, EmailChange, Email, Suggestion, Import, Session, Reminder):
        assert model.objects.count() == left, model


@pytest.mark.parametrize(("late", "reason"), [(-1, "Appel de la famille"), (1, "effacé")])
def test_the_journal_keeps_when_who_and_what(purge, late, reason):
    agent, family = make_user(is_staff=True), make_user("famille")
    at = timezone.now() - settings.KEEP_JOURNAL - dt.timedelta(hours=late)
    audit.record(action=Action.ACCOUNT_CLOSED, subject=family, reason="Appel de la famille", actor=agent)
    AuditEntry(
        at=at,
        actor=agent,
        action=Action.ACCESS_RESET,
        subject="x",
        subject_key="x",
        reason="Appel de la famille",
    ).save()
    purge()

    old, new = AuditEntry.objects.order_by("at")
    assert (old.at, old.actor, old.action, old.reason) == (at, agent, Action.ACCESS_RESET, reason)
    assert new.subject == "famille"


@pytest.mark.parametrize("stage", [Stage.CONFIRMED, Stage.RUNNING])
def test_an_import_that_is_being_done_is_left_alone(purge, stage):
    agent = make_user()
    Import.objects.create(
        sort=Sort.ROSTER,
        content=b"x",
        owner=agent,
        confirmed_by=agent,
        stage=stage,
        created_at=timezone.now() - 2 * settings.KEEP_IMPORTS,
    )
    purge()

    assert Import.objects.count() == 1
