"""An agent brings a file, the worker compares it, the agent reads what it would do, the worker does it."""

import datetime as dt
import threading

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import InternalError, OperationalError, connection
from django.urls import reverse
from django.utils import timezone
from psycopg.errors import ReadOnlySqlTransaction

from accounts import audit
from accounts.audit import Action, AuditEntry
from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.facts import campaigns as about
from backoffice.imports import jobs, worker
from backoffice.imports.directory.importer import DirectoryImporter
from backoffice.models import Import, Sort, Stage
from core.worker import Stop
from partners.models import Partner
from partners.tests.factories import make_commune
from wallets.tests.factories import make_campaign

from .test_roster import ANNE, LINA, roster

pytestmark = pytest.mark.django_db
ADD = reverse("admin:backoffice_import_add")
JUDO = "Nom;Commune;Activités Sport\nJUDO CLUB;Antony;Judo".encode()


@pytest.fixture(autouse=True)
def communes(db):
    make_commune("92002", "Antony")
    make_commune("92071", "Sceaux")


@pytest.fixture
def agent(enter):
    agent = make_manager()
    enter(agent)
    return agent


def make_manager():
    agent = make_user(is_staff=True)
    agent.groups.add(Group.objects.get(name="gestionnaire"))
    return agent


def bring(client, content=JUDO, name="clubs.csv", **fields):
    form = {"sort": Sort.DIRECTORY, "file": SimpleUploadedFile(name, content), **fields}
    return client.post(ADD, form, follow=True)


def confirm(client, page, **said):
    """As the form of the page says it: with the mark of what was read, and with how many leave."""
    form = client.get(page).context.get("adminform")
    shown = {"as_read": form.form["as_read"].initial} if form else {}
    return client.post(page, {"reason": "Rentrée", **shown, **said}, follow=True)


def work():
    return worker.work(Stop())


def make_import(content=JUDO, **fields):
    actor = make_user(is_staff=True)
    by = {"confirmed_by": actor} if fields.get("stage") in {Stage.CONFIRMED, Stage.RUNNING} else {}
    defaults = {"sort": Sort.DIRECTORY, "name": "clubs.csv", "owner": actor, "reason": "Rentrée"}
    return Import.objects.create(content=content, **defaults | by | fields)


def test_an_agent_reads_what_it_would_do_then_imports(client, agent):
    page = bring(client, JUDO + b"\nCLUB;Atlantis;Judo").request["PATH_INFO"]
    assert client.get(page).headers["Refresh"] == "2"
    assert work() == 1

    read = client.get(page)
    assert "Refresh" not in read.headers
    assert "1 créé, 0 modifié, 0 inchangé, 1 refusé" in read.text
    for told in (
        "JUDO CLUB, Antony",
        "La commune Atlantis",
        "Activités nouvelles",
        "Rien n’est encore écrit",
    ):
        assert told in read.text
    assert Partner.objects.count() == 0

    assert "En attente" in confirm(client, page).text
    assert work() == 1

    assert "Rien n’est encore écrit" not in client.get(page).text
    assert Partner.objects.get().name == "JUDO CLUB"
    entry = AuditEntry.objects.get(action=Action.FILE_IMPORTED)
    assert (entry.action, entry.reason, entry.subject) == (Action.FILE_IMPORTED, "Rentrée", "clubs.csv")
    assert (entry.actor, entry.details) == (agent, "1 créé, 0 modifié, 0 inchangé, 1 refusé")
    assert bytes(Import.objects.get().content) == b""


def test_the_roster_knows_the_communes(client, agent):
    page = bring(client, roster(LINA | ANNE), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    confirm(client, page)
    work()

    assert Beneficiary.objects.get().insee_code == "92071"


def test_a_whole_list_is_said_so(client, agent, enter):
    leaver = make_beneficiary()
    page = bring(client, roster(LINA | ANNE), sort=Sort.ROSTER, is_complete="on").request["PATH_INFO"]
    work()
    assert "1 désinscrit" in client.get(page).text
    confirm(client, page, number=1)
    enter(make_manager())
    confirm(client, page, number=1)
    work()

    leaver.refresh_from_db()
    assert not leaver.is_enrolled
    # admin.md 4: who opens a campaign is told when the last one came.
    told = dict(about.of_opening(make_campaign(), None).facts)
    assert told["Dernière liste complète des élèves"] == f"importée le {timezone.localdate():%d/%m/%Y}"
    assert told["dont en 3e"] == str(Beneficiary.objects.filter(is_enrolled=True, grade="3").count())


def test_organismes_are_never_a_whole_list(client, agent):
    assert "un organisme ne s’enlève pas" in bring(client, is_complete="on").text
    assert not Import.objects.exists()


def test_without_a_reason_nothing_is_done(client, agent):
    page = bring(client).request["PATH_INFO"]
    work()

    assert client.post(page, {"reason": ""}).status_code == 200
    assert work() == 0


def test_it_is_confirmed_once(client, agent):
    page = bring(client).request["PATH_INFO"]
    work()
    confirm(client, page)

    assert "déjà été lancé" in confirm(client, page).text
    work()
    assert "déjà été lancé" in confirm(client, page).text
    assert work() == 0
    assert AuditEntry.objects.filter(action=Action.FILE_IMPORTED).count() == 1


def test_nothing_to_change_nothing_to_press(client, agent):
    DirectoryImporter().apply(JUDO, lambda done, rows: None)
    page = bring(client).request["PATH_INFO"]
    work()

    read = client.get(page).text
    assert "ne changerait rien" in read
    assert 'value="Importer"' not in read


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\0\1\2", "Enregistrez-le dans un de ces formats"), (b"Nom\nJUDO", "Il manque la colonne Commune")],
)
def test_a_file_that_is_none_says_what_to_do(client, agent, content, reason):
    page = bring(client, content, "photo.xlsx").request["PATH_INFO"]
    work()

    read = client.get(page).text
    assert reason in read
    assert "..<" not in read
    job = Import.objects.get()
    assert (job.stage, bytes(job.content)) == (Stage.REFUSED, b"")


def test_fifty_megabytes_do_not_get_in(client, agent):
    assert (
        "dépasse 40\N{NO-BREAK SPACE}Mo" in bring(client, b"x" * 50_000_000).text
        or "40 Mo" in bring(client, b"x" * 50_000_000).text
    )
    assert not Import.objects.exists()


def test_an_adviser_imports_nothing(client, enter):
    adviser = make_user(is_staff=True)
    adviser.groups.add(Group.objects.get(name="téléconseiller"))
    enter(adviser)
    job = make_import()

    assert client.get(ADD).status_code == 403
    assert client.get(reverse("admin:backoffice_import_change", args=[job.pk])).status_code == 404
    assert client.get(reverse("admin:backoffice_import_headings", args=["eleves"])).status_code == 404
    assert ">Importer<" not in client.get(reverse("admin:partners_partner_changelist")).text


@pytest.mark.parametrize("sort", Sort)
def test_an_empty_file_with_the_columns(client, agent, sort):
    response = client.get(reverse("admin:backoffice_import_headings", args=[sort]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    assert text.strip().split(";") == [*jobs.importer_of(sort).columns]


def test_the_page_says_how_to_fill_the_columns(client, agent):
    page = client.get(ADD).text

    for sort in Sort:
        assert jobs.importer_of(sort).cells_are in page


def test_the_lists_lead_here(client, agent):
    for model, sort in (("partners_partner", "organismes"), ("accounts_beneficiary", "eleves")):
        assert f'{ADD}?sort={sort}"' in client.get(reverse(f"admin:{model}_changelist")).text


def test_names_are_shown_as_text(client, agent):
    content = "Nom;Commune;Activités Sport\n<script>alert(1)</script>;Antony;Judo".encode()
    page = bring(client, content).request["PATH_INFO"]
    work()

    assert "<script>alert" not in client.get(page).text


def test_a_long_list_is_cut_and_says_so(client, agent, monkeypatch):
    monkeypatch.setattr("backoffice.imports.plans.SHOWN", 2)
    lines = "".join(f"\nCLUB {number};Antony;Judo" for number in range(5))
    page = bring(client, f"Nom;Commune;Activités Sport{lines}".encode()).request["PATH_INFO"]
    work()

    read = client.get(page).text
    assert "CLUB 1, Antony" in read
    assert "CLUB 2, Antony" not in read
    assert "et 3 autres" in read


# --- The worker -------------------------------------------------------------------------------


def test_the_command_works_once(capsys):
    make_import()
    call_command("run_imports")

    assert "Imports lus ou faits : 1." in capsys.readouterr().out


def test_a_preview_that_nobody_follows_up_is_forgotten():
    """One that went back to be read is young again; a second agent may be away for some days."""
    days_ago = timezone.now() - dt.timedelta(days=2)
    make_import(stage=Stage.READY, seen_at=days_ago)
    waiting = make_import(stage=Stage.READY, created_at=days_ago)
    proposed = make_import(stage=Stage.PROPOSED, seen_at=days_ago, proposed_by=make_user(is_staff=True))
    work()

    assert set(Import.objects.all()) == {waiting, proposed}


def test_what_the_worker_of_a_dead_machine_left_is_done_by_the_next_one():
    job = make_import(stage=Stage.RUNNING, seen_at=timezone.now() - dt.timedelta(hours=1))

    assert work() == 1
    job.refresh_from_db()
    assert job.stage == Stage.DONE


def test_and_before_one_that_came_earlier_and_was_confirmed_later():
    earlier = make_import(stage=Stage.CONFIRMED)
    make_import(stage=Stage.RUNNING, seen_at=timezone.now() - dt.timedelta(hours=1))

    assert work() == 2
    earlier.refresh_from_db()
    assert earlier.stage == Stage.DONE


def test_what_another_worker_does_is_left_to_it_and_the_next_one_waits():
    make_import(stage=Stage.RUNNING)
    make_import(stage=Stage.CONFIRMED)

    assert work() == 0


def test_a_worker_taken_for_dead_undoes_what_another_one_did_meanwhile(monkeypatch):
    job = make_import(stage=Stage.CONFIRMED)
    apply = DirectoryImporter.apply

    def slowly(importer, content, tell):
        Import.objects.filter(pk=job.pk).update(stage=Stage.DONE)
        return apply(importer, content, tell)

    monkeypatch.setattr(DirectoryImporter, "apply", slowly)
    work()

    assert not Partner.objects.exists()
    assert not AuditEntry.objects.exists()


def _on_a_replica():
    trouble = InternalError("cannot execute INSERT in a read-only transaction")
    trouble.__cause__ = ReadOnlySqlTransaction()
    return trouble


@pytest.mark.parametrize("trouble", [OperationalError("lock timeout"), _on_a_replica()])
def test_a_database_that_is_busy_leaves_it_for_later(monkeypatch, trouble):
    job = make_import(stage=Stage.CONFIRMED)
    monkeypatch.setattr(DirectoryImporter, "apply", _raise(trouble))
    with pytest.raises(type(trouble)):
        work()

    job.refresh_from_db()
    assert job.stage == Stage.CONFIRMED


def test_a_fault_of_ours_stops_it_says_so_and_writes_nothing(monkeypatch, caplog):
    job = make_import(stage=Stage.CONFIRMED)
    monkeypatch.setattr("accounts.audit.record", _raise(RuntimeError("boom")))
    work()

    job.refresh_from_db()
    assert (job.stage, job.report["told"]) == (Stage.REFUSED, worker.BROKEN)
    assert "was stopped" in caplog.text
    assert not Partner.objects.exists()


def _raise(trouble):
    def fail(*args, **kwargs):
        raise trouble

    return fail


def test_it_says_when_nothing_moves(client, agent):
    old = timezone.now() - dt.timedelta(minutes=5)
    job = make_import(seen_at=old)

    assert (
        "Prévenez l’exploitation" in client.get(reverse("admin:backoffice_import_change", args=[job.pk])).text
    )


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"sort": "tickets"}, "passplus_import_sort_is_known"),
        ({"stage": "lost"}, "passplus_import_stage_is_known"),
        ({"stage": Stage.DONE}, "passplus_import_confirmed_by_somebody"),
        ({"stage": Stage.PROPOSED}, "passplus_import_proposed_by_somebody"),
        ({"rows_done": 2, "rows": 1}, "passplus_import_rows_done_of_rows"),
    ],
)
def test_constraints(refused_by, fields, constraint):
    with refused_by(constraint):
        make_import(**fields)


def test_one_runs_at_a_time(refused_by):
    make_import(stage=Stage.RUNNING)
    with refused_by("passplus_import_one_runs"):
        make_import(stage=Stage.RUNNING)


def test_two_workers_at_once_do_it_once(at_once):
    make_commune("92002", "Antony")
    make_import(stage=Stage.CONFIRMED)

    assert at_once(work, work) == ["done", "done"]
    assert (Partner.objects.count(), AuditEntry.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_progress_is_told_from_beside_the_transaction(monkeypatch):
    # SQLite has one writer at a time.
    told = [(0, 0)] if connection.vendor == "sqlite" else [(2, 3)]
    make_commune("92002", "Antony")
    monkeypatch.setattr("backoffice.imports.plans.TOLD_EVERY", 2)
    lines = "".join(f"\nCLUB {number};Antony;Judo" for number in range(3))
    job = make_import(f"Nom;Commune;Activités Sport{lines}".encode(), stage=Stage.CONFIRMED)
    seen = []
    record = audit.record

    def look(**kwargs):
        def from_elsewhere():
            seen.append(Import.objects.filter(pk=job.pk).values_list("rows_done", "rows").get())
            connection.close()

        elsewhere = threading.Thread(target=from_elsewhere)
        elsewhere.start()
        elsewhere.join()
        record(**kwargs)

    monkeypatch.setattr(audit, "record", look)
    work()

    assert seen == told
