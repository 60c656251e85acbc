"""`manage.py purge`: who is anonymised and when, and that the accounts stay true."""

import datetime as dt
import re
from collections import Counter

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.models import F, Sum
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from post_office.models import STATUS, Email

from accounts import audit
from accounts.audit import Action, AuditEntry
from accounts.email_change import REFUSED_WITHIN
from accounts.models import Beneficiary, EmailChange, EndedGuardianship, Guardianship, SignIn, User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice import dashboard as board
from backoffice import statistics
from backoffice.models import Import, Sort, Stage
from partners.models import Suggestion
from partners.tests.factories import make_commune, make_offer
from privacy import retention, texts
from tickets import services
from tickets.models import Reminder, Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Campaign, Entry, Kind, Wallet
from wallets.tests.factories import make_campaign, make_wallet

from .leaving import end, kept_for_days, make_former

pytestmark = pytest.mark.django_db


@pytest.fixture
def purge(capsys):
    """The lines that it printed, each a name and a count."""

    def run(**options):
        call_command("purge", **options)
        lines = [line.rstrip(".").split(" : ") for line in capsys.readouterr().out.splitlines()]
        return {name: int(count) for name, count in (line for line in lines if line[1].isdecimal())}

    return run


def long_ago(**more):
    return timezone.now() - settings.KEEP_FAMILIES - dt.timedelta(**more or {"hours": 1})


def make_old_user(**fields):
    return make_user(date_joined=long_ago(), **fields)


def gone():
    return {child.pk for child in Beneficiary.objects.exclude(anonymised_at=None)}


# --- Who, and when ----------------------------------------------------------------------------


@pytest.mark.parametrize(("days_after", "is_gone"), [(0, False), (1, True)])
def test_a_child_goes_when_its_last_campaign_has_been_over_for_so_long(purge, days_after, is_gone):
    child, _ = make_former(make_user(), days_ago=kept_for_days() + days_after)
    purge()

    assert gone() == ({child.pk} if is_gone else set())


def test_its_newest_campaign_counts(purge):
    child, _ = make_former(make_user())
    make_wallet(beneficiary=child, campaign=make_campaign())
    purge()

    assert gone() == set()


@pytest.mark.parametrize(("age", "is_gone"), [(12, False), (20, False), (21, True)])
def test_who_is_enrolled_stays_but_nobody_is_enrolled_at_that_age(purge, age, is_gone):
    child, _ = make_former(is_enrolled=True, birth_year=timezone.localdate().year - age)
    purge()

    assert gone() == ({child.pk} if is_gone else set())


@pytest.mark.parametrize(
    ("fields", "guardian", "is_gone"),
    [
        ({"is_enrolled": False}, make_old_user, True),
        ({"is_enrolled": False}, make_user, False),
        ({"is_enrolled": False}, lambda: make_old_user(last_login=timezone.now()), False),
        ({"is_enrolled": True}, make_old_user, False),
    ],
    ids=["unused", "new", "in use", "enrolled"],
)
def test_a_child_that_never_had_a_wallet(purge, fields, guardian, is_gone):
    child = make_beneficiary(guardian(), **fields)
    purge()

    assert gone() == ({child.pk} if is_gone else set())


def test_a_parent_goes_with_the_last_child(purge):
    mother, father = make_user("mere", last_login=timezone.now()), make_user("pere")
    elder, _ = make_former(mother, father, user=make_user("ainee"))
    younger = make_beneficiary(mother)

    purge()

    assert gone() == {elder.pk}
    left = User.objects.filter(anonymised_at=None)
    assert list(left.values_list("username", flat=True)) == ["mere"]
    assert list(younger.guardians.all()) == [mother]
    end_all_campaigns()
    Beneficiary.objects.update(is_enrolled=False)
    make_wallet(beneficiary=younger)
    end_all_campaigns()
    purge()
    assert not User.objects.filter(anonymised_at=None).exists()


def end_all_campaigns():
    for campaign in Campaign.objects.all():
        end(campaign, days_ago=kept_for_days() + 1)


@pytest.mark.parametrize(
    ("fields", "is_gone"),
    [
        ({}, True),
        ({"last_login": timezone.now()}, False),
        ({"is_staff": True}, False),
        ({"is_superuser": True}, False),
    ],
    ids=["forgotten", "in use", "an agent’s", "a superuser’s"],
)
def test_an_account_without_children_goes_when_it_is_no_longer_used(purge, fields, is_gone):
    user = make_old_user(**fields)
    purge()

    user.refresh_from_db()
    assert bool(user.anonymised_at) == is_gone


def test_an_agent_who_is_a_parent_stays_and_no_longer_guards(purge):
    agent = make_user(is_staff=True)
    make_former(agent)
    purge()

    agent.refresh_from_db()
    assert (agent.anonymised_at, Guardianship.objects.count()) == (None, 0)


# --- What is left of them ---------------------------------------------------------------------


def test_of_a_child_the_school_and_the_commune_stay(purge):
    child, _ = make_former(make_user(), pupil_number="E123", user=make_user())
    before = Beneficiary.objects.get()
    purge()

    child.refresh_from_db()
    assert (child.full_name, child.birth_year, child.grade, child.user) == (
        "Bénéficiaire anonymisé",
        0,
        "",
        None,
    )
    assert (child.school, child.insee_code) == (before.school, before.insee_code)
    assert child.public_id != before.public_id
    assert child.pupil_number.startswith("ANONYME-")


def test_nobody_comes_in_by_the_account_any_more(client, purge):
    parent = make_user("parent", phone="01 99 00 11 22", reminders=True)
    make_former(parent)
    client.force_login(parent)
    SignIn.objects.create(user=parent, device="Firefox sur Windows")
    EndedGuardianship.objects.create(user=parent, beneficiary=make_beneficiary())
    purge()

    parent.refresh_from_db()
    assert client.get("/mon-compte/").status_code == 302
    assert not parent.has_usable_password()
    assert (parent.is_active, parent.email, parent.phone, parent.reminders) == (False, "", "", False)
    assert parent.username.startswith("anonyme-")
    assert not SignIn.objects.exists()
    assert not EndedGuardianship.objects.exists()
    assert not User.objects.reachable_by("parent@famille.example").exists()
    assert not User.objects.never_activated().exists()


def test_the_database_holds_that_nobody_is_left(refused_by):
    with refused_by("accounts_beneficiary_anonymised_is_nobody"):
        make_beneficiary(anonymised_at=timezone.now())
    with refused_by("accounts_user_anonymised_is_nobody"):
        make_user(anonymised_at=timezone.now())


# --- The accounts -----------------------------------------------------------------------------


def a_department():
    """Children of two campaigns with tickets in every state, some of whom are to go."""
    agent, offer = make_user(is_staff=True), make_offer(kind=Kind.CULTURE)
    commune = make_commune()
    old, new = make_campaign(), make_campaign()
    for number in range(7):
        parent = make_user()
        child = make_beneficiary(parent, is_enrolled=False, insee_code=commune.insee_code)
        for campaign in [old, *([new] if number > 4 else [])]:
            wallet = make_wallet("60", beneficiary=child, campaign=campaign)
            used, cancelled, _ = (make_ticket("10", wallet=wallet, actor=parent) for _ in range(3))
            services.use(ticket_id=used.pk, actor=agent, offer_id=offer.pk)
            services.cancel(ticket_id=cancelled.pk, actor=parent)
    end(old, days_ago=kept_for_days() + 1)
    return old, new


def the_money():
    """All that could tell a euro: each row of the ledger, each balance, the state of each ticket."""
    return (
        list(Entry.objects.order_by("pk").values()),
        list(Wallet.objects.order_by("pk").values()),
        list(Ticket.objects.order_by("pk").values()),
        Entry.objects.values("nature").order_by("nature").annotate(Sum("amount")),
    )


def the_figures():
    tables = [
        [(line.name, line.counts) for line in statistics.table(campaign, by)]
        for campaign in Campaign.objects.order_by("pk")
        for by in statistics.BY
    ]
    return tables, board.campaigns(timezone.localdate()), board.weeks(timezone.localdate())


def test_every_sum_every_ticket_and_every_statistic_is_the_same(purge):
    a_department()
    money, figures = [list(part) for part in the_money()], the_figures()
    assert purge()["Enfants anonymisés"] == 5

    assert [list(part) for part in the_money()] == money
    assert the_figures() == figures
    call_command("check_ledger")


def test_a_dry_run_says_what_a_run_does_and_does_nothing(purge):
    a_department()
    make_old_user()
    before = list(User.objects.order_by("pk").values()), list(Beneficiary.objects.order_by("pk").values())
    said = purge(dry_run=True)

    assert (
        list(User.objects.order_by("pk").values()),
        list(Beneficiary.objects.order_by("pk").values()),
    ) == before
    assert said["Enfants anonymisés"] == 5
    assert said["Comptes de familles anonymisés"] == 6
    assert purge() == said


def test_twice_does_it_once(purge):
    a_department()
    purge()
    after = list(User.objects.order_by("pk").values()), list(Beneficiary.objects.order_by("pk").values())

    assert set(purge().values()) == {0}
    assert (
        list(User.objects.order_by("pk").values()),
        list(Beneficiary.objects.order_by("pk").values()),
    ) == after


def test_in_batches_all_the_same(purge, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    a_department()

    assert purge()["Enfants anonymisés"] == 5
    told = AuditEntry.objects.filter(action=Action.ERASED).order_by("pk")
    assert [line.subject for line in told] == [
        *("2 comptes", "2 comptes", "1 compte"),
        *("2 enfants", "2 enfants", "1 enfant"),
    ]


# --- What lies around them --------------------------------------------------------------------


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


# --- What it costs ----------------------------------------------------------------------------


def readings(run):
    """How many pages of each table of texts it reads."""
    with CaptureQueriesContext(connection) as asked:
        run()
    sizes = rf"LIMIT ({texts.PAGE}|{texts.PAGE_OF_REPORTS})$"
    pages = [query["sql"] for query in asked if re.search(sizes, query["sql"])]
    return Counter(re.search(r'FROM "(\w+)"', sql)[1] for sql in pages)


def test_texts_are_read_once_for_the_night(purge, monkeypatch):
    """code.md 3.17: each batch read the whole journal, outbox and reports again."""
    monkeypatch.setattr(retention, "AT_ONCE", 1)

    def leave(families):
        for number in range(families):
            make_former(make_user(f"parent{families}{number}", last_name=f"Zwyck{number}"))
        agent = make_user(is_staff=True)
        audit.record(action=Action.ACCESS_RESET, subject=agent, reason="Appel de Zwyck0", actor=agent)

    leave(1)
    once = readings(purge)
    leave(6)
    assert readings(purge) == once
    assert once.pop("passplus_import") == 2
    # Twice a suggestion: what it says, and who to answer.
    assert once.pop("partners_suggestion") == 2
    assert once == dict.fromkeys(
        [
            "accounts_auditentry",
            "accounts_forgottenrequest",
            "accounts_proposal",
            "django_admin_log",
            "post_office_email",
        ],
        1,
    )
    assert not AuditEntry.objects.filter(reason__contains="Zwyck").exists()
    assert len(gone()) == 7


def test_a_parent_is_still_written_to_about_the_child_that_stays(purge):
    """code.md 3.17: of all who go in a night, only the first name of its own child is looked for there."""
    staying, other = make_user("parent"), make_user("autre")
    for parent in (staying, other):
        make_beneficiary(parent)
    make_former(staying, first_name="Paul")
    make_former(other, first_name="Emma")
    for subject in ("Ticket de Paul", "Ticket de Emma"):
        Email.objects.create(from_email="nous@pass.example", to=[staying.email], subject=subject)
    purge()

    assert [mail.subject for mail in Email.objects.all()] == ["Ticket de Emma"]


def test_who_is_due_is_asked_once_a_batch(monkeypatch):
    """code.md 3.17: it was asked three times; and once for the list."""
    monkeypatch.setattr(retention, "AT_ONCE", 1)
    for _ in range(4):
        make_former()
    sweep = retention.Sweep("x", retention.children_due, len)
    with CaptureQueriesContext(connection) as asked:
        assert sweep.run(timezone.now()) == 4
    assert len([query for query in asked if "last_validation_on" in query["sql"]]) == 4 + 2


# --- While the site is in use -----------------------------------------------------------------

needs_row_locks = pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")


@needs_row_locks
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["parent", "child", "own login"])
def test_it_waits_for_nobody_and_comes_back_the_next_night(purge, who):
    """An import holds the child, or a parent: neither goes without the other."""
    parent, login = make_user("parent"), make_user("enfant")
    child, _ = make_former(parent, user=login)
    held = {"parent": parent, "child": child, "own login": login}[who]
    beside = connections.create_connection("default")
    try:
        with beside.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(f"SELECT 1 FROM {held._meta.db_table} WHERE id = %s FOR KEY SHARE", [held.pk])  # noqa: S608
        first = purge()
    finally:
        beside.close()

    assert first["Enfants anonymisés"] == 0
    assert purge()["Enfants anonymisés"] == 1
    assert not User.objects.filter(anonymised_at=None).exists()


@needs_row_locks
@pytest.mark.django_db(transaction=True)
def test_who_comes_back_at_this_very_instant_stays(purge, monkeypatch):
    """The list is read, a school's roster comes in between, and under the lock it is asked again."""
    parent = make_user("parent")
    child, _ = make_former(parent)
    locked = retention.Sweep._due
    asked = []

    def due(sweep, now):
        asked.append(sweep)
        if asked.count(sweep) == 2:
            Beneficiary.objects.filter(pk=child.pk).update(is_enrolled=True)
        return locked(sweep, now)

    monkeypatch.setattr(retention.Sweep, "_due", due)
    purge()

    assert gone() == set()
    assert not User.objects.exclude(anonymised_at=None).exists()


@needs_row_locks
@pytest.mark.django_db(transaction=True)
def test_nobody_waits_long_for_it_two_at_once(at_once):
    for _ in range(6):
        make_former(make_user())

    assert at_once(lambda: call_command("purge"), lambda: call_command("purge")) == ["done", "done"]
    with transaction.atomic():
        assert Beneficiary.objects.filter(anonymised_at=None).count() in range(7)
    call_command("purge")
    assert not Beneficiary.objects.filter(anonymised_at=None).exists()
    assert not Wallet.objects.out_of_balance().exists()
    assert not Ticket.objects.at_odds_with_ledger().exists()
    assert Entry.objects.filter(amount=F("amount")).count() == 6
