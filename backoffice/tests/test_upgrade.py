"""An upgrade from the release whose models were in `passplus` and `accounts`: the same rows, new names."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email

from accounts.audit import AuditEntry
from accounts.models import Beneficiary, ForgottenRequest, User
from backoffice.exports.lists import write_export
from backoffice.models import Import, StruckOff
from backoffice.queue import upkeep
from core.models import Addressee, Attempts, CommandRun, OutgoingMail
from core.tasks import Queue
from privacy.models import KeptWords

KNOWN_THEN = [("passplus", "0011_kept_words"), ("accounts", "0026_ceiling_raised")]
WAY_BACK = [
    ("passplus", "0011_kept_words"),
    ("backoffice", None),
    ("privacy", None),
    ("core", "0001_prepared_file"),
]
OF_OTHERS = {"django_tasks_database", "post_office", "contenttypes", "auth"}


@pytest.fixture
def new_database(db, tmp_path):
    """For as long as it is asked for, the connection is to a database of its own, with nothing in it."""
    first = connections[DEFAULT_DB_ALIAS]
    server, new = first.copy(), first.copy()
    for one in (server, new):
        # Its connections are those of the other database.
        one.settings_dict["OPTIONS"].pop("pool", None)
    if first.vendor == "sqlite":
        new.settings_dict["NAME"] = str(tmp_path / "new.sqlite3")
    else:
        name = new.settings_dict["NAME"] = f"{first.settings_dict['NAME']}_new"
        with server.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    connections[DEFAULT_DB_ALIAS] = new
    yield
    new.close()
    connections[DEFAULT_DB_ALIAS] = first
    if first.vendor == "postgresql":
        with server.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')
    server.close()


@pytest.fixture
def before(new_database):
    """The models of that release, on its schema."""
    executor = MigrationExecutor(connection)
    others = [(app, last) for app, last in executor.loader.graph.leaf_nodes() if app in OF_OTHERS]
    executor.migrate([*others, *KNOWN_THEN, ("core", "0001_prepared_file")])
    return executor.loader.project_state(KNOWN_THEN).apps


def _child(before):
    school = before.get_model("accounts", "School").objects.create(uai="0920001X", insee_code="92002")
    row = before.get_model("accounts", "Beneficiary").objects.create(
        public_id="0123456789",
        pupil_number="E1",
        birth_year=2013,
        school=school,
        grade="5",
        insee_code="92002",
    )
    return Beneficiary(pk=row.pk)


def write_in(before):
    """A row of each model that moved, of an agent, about a child."""
    child = _child(before)
    agent = User(pk=before.get_model("accounts", "User").objects.create(username="agent").pk)
    job = before.get_model("passplus", "Import").objects.create(
        sort="eleves", name="eleves.csv", content=b"a;b", owner_id=agent.pk, report={"told": "reçu"}
    )
    before.get_model("passplus", "StruckOff").objects.create(job=job, beneficiary_id=child.pk)
    before.get_model("passplus", "KeptWords").objects.create(people=2, words={"words": ["durand"]})
    before.get_model("passplus", "CommandRun").objects.create(name="purge", succeeded_at=timezone.now())
    now = timezone.now()
    before.get_model("accounts", "Attempts").objects.create(key="0" * 64, open_at=now, forgotten_at=now)
    DBTaskResult.objects.create(
        task_path="accounts.office.exports.write_export",
        args_kwargs={"args": [], "kwargs": {"file_id": 1}},
        run_after=now,
        backend_name="default",
    )
    # What waits in the queues of that release: a link to write, an e-mail to send.
    before.get_model("accounts", "ForgottenRequest").objects.create(contact="camille")
    before.get_model("post_office", "Email").objects.create(
        from_email="a@pass.example", to="b@pass.example", subject="x", status=STATUS.queued, priority=2
    )
    for key in (f"passplus.import {job.pk}", f"accounts.user {agent.pk}"):
        before.get_model("accounts", "AuditEntry").objects.create(
            action="file_imported", subject="eleves.csv", subject_key=key, reason="Rentrée", actor_id=agent.pk
        )
    return child, agent, job.pk


def give_right(before):
    """To a group of the site's own."""
    types = before.get_model("contenttypes", "ContentType").objects
    old, _ = types.get_or_create(app_label="passplus", model="outgoingmail")
    permissions = before.get_model("auth", "Permission").objects
    right, _ = permissions.get_or_create(
        content_type=old, codename="view_outgoingmail", defaults={"name": "voir"}
    )
    group = before.get_model("auth", "Group").objects.create(name="les miens")
    group.permissions.add(right)
    return right.pk


def write_messages(before):
    """Choices of one family's three accounts, two of which share an address; and two messages."""
    emails = {"un": "deux@pass.example", "deux": "deux@pass.example", "seul": "B@pass.example"}
    old = before.get_model("accounts", "User")
    login = [old.objects.create(username=username, email=email) for username, email in emails.items()][-1]
    before.get_model("accounts", "Beneficiary").objects.update(user=login)
    before.get_model("post_office", "Email").objects.create(
        from_email="a@pass.example", to="deux@pass.example", subject="x", priority=2
    )


def test_an_upgrade_and_the_way_back(before):
    """In one go: the schema takes half a minute each way."""
    child, agent, job = write_in(before)
    right = give_right(before)
    write_messages(before)
    call_command("migrate", verbosity=0)

    nothing_is_lost_and_all_is_found_by_its_new_name(child, agent, job)
    a_right_of_the_site_is_the_same(right)
    messages_and_choices_go_to_whose_they_are()
    what_waits_is_done_by_the_one_queue(job)

    MigrationExecutor(connection).migrate(WAY_BACK)
    it_finds_its_database_again(before)


def nothing_is_lost_and_all_is_found_by_its_new_name(child, agent, job):
    kept = Import.objects.get()
    assert (kept.pk, bytes(kept.content), kept.report, kept.owner) == (job, b"a;b", {"told": "reçu"}, agent)
    assert StruckOff.objects.get().beneficiary == child
    assert DBTaskResult.objects.get().task_path == write_export.module_path
    assert KeptWords.objects.get().words == {"words": ["durand"]}
    assert CommandRun.objects.get().name == "purge"
    assert Attempts.objects.get().pk == "0" * 64
    assert AuditEntry.objects.about(kept).get().subject == "eleves.csv"
    assert AuditEntry.objects.about(agent).count() == 1
    if connection.vendor == "postgresql":
        # The journal is as closed as it was.
        with pytest.raises(IntegrityError, match="append_only"), connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_auditentry SET reason = 'autre'")


def a_right_of_the_site_is_the_same(right):
    mine = Group.objects.get(name="les miens").permissions.get()
    assert (mine.content_type.app_label, mine.pk) == ("core", right)
    assert mine.content_type == ContentType.objects.get_for_model(OutgoingMail, for_concrete_model=False)
    assert Permission.objects.filter(codename="view_outgoingmail").count() == 1


def messages_and_choices_go_to_whose_they_are():
    """family.md 16, C 8: what was written before is of the one account that has the address."""
    written = Addressee.objects.values_list("email__to", "account__username")
    assert list(written) == [(["b@pass.example"], "seul")]
    # A child's own login was written to about no ticket.
    told = User.objects.filter(mail_on_created=True, reminders=True).values_list("username", flat=True)
    assert set(told) == {"agent", "un", "deux"}


def what_waits_is_done_by_the_one_queue(job):
    """Its rows had no tasks."""
    assert upkeep.adopt() == 3
    tasks = {task.task_path: task.args_kwargs["kwargs"] for task in DBTaskResult.objects.all()}
    assert tasks == {
        "accounts.identifiers.answer": {"request_id": ForgottenRequest.objects.get().pk},
        "core.delivery.send": {"email_id": Email.objects.get(status=STATUS.queued).pk},
        "backoffice.imports.worker.compare": {"import_id": job},
        "backoffice.exports.lists.write_export": {"file_id": 1},
    }
    assert DBTaskResult.objects.get(task_path=write_export.module_path).queue_name == Queue.FILES


def it_finds_its_database_again(before):
    """A release that has to be taken back; what waits is in the rows, where it looks for it."""
    assert before.get_model("accounts", "ForgottenRequest").objects.count() == 1
    waiting = before.get_model("post_office", "Email").objects.filter(status=STATUS.queued)
    assert waiting.get().to == ["b@pass.example"]
    assert before.get_model("passplus", "Import").objects.get().name == "eleves.csv"
    keys = before.get_model("accounts", "AuditEntry").objects.values_list("subject_key", flat=True)
    assert any(key.startswith("passplus.import ") for key in keys)
