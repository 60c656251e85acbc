"""What agents read is what is done: whole lists need two of them, and what they struck off comes back."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.audit import Action, AuditEntry
from accounts.models import Beneficiary, School
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.imports import jobs, worker
from backoffice.imports import page as import_page
from backoffice.imports.spreadsheets import reading
from backoffice.models import Import, Sort, Stage, StruckOff
from partners.models import Partner
from partners.tests.factories import make_commune

from .test_imports import JUDO, bring, confirm, make_import, make_manager, work
from .test_roster import ANNE, BIRTH, LINA, roster

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def communes(db):
    make_commune("92002", "Antony")
    make_commune("92071", "Sceaux")


@pytest.fixture
def agent(enter):
    agent = make_manager()
    enter(agent)
    return agent


@pytest.fixture
def staying():
    """Who is in the file."""
    return make_beneficiary(
        pupil_number="E0001", first_name="Lina", last_name="MARTIN", birth_year=BIRTH, insee_code="92071"
    )


@pytest.fixture
def leavers(staying):
    """Who is not, of two collèges."""
    School.objects.create(uai="0920002A", name="Lakanal", insee_code="92071")
    return [
        # In the order of their names.
        make_beneficiary(pupil_number=f"P000{number}", last_name=f"LEAVER {number}", school_id=school)
        for number, school in enumerate(("0920001X", "0920002A", "0920002A"))
    ]


def whole_list(client, *lines):
    """The page of one, once it is compared."""
    lines = lines or (LINA | ANNE,)
    page = bring(client, roster(*lines), sort=Sort.ROSTER, is_complete="on").request["PATH_INFO"]
    work()
    return page


def enrolled():
    return set(Beneficiary.objects.filter(is_enrolled=True).values_list("pupil_number", flat=True))


def only():
    return Import.objects.latest("pk")


# --- How many, of whom ------------------------------------------------------------------------


def test_the_page_says_how_many_of_how_many_of_which_colleges_and_who(client, agent, leavers):
    """admin.md 41: 40,044 children were the fifth number of a line."""
    page = whole_list(client)

    read = client.get(page).text
    for told in (
        "3 enfants sur 4 inscrits (75,0\N{NO-BREAK SPACE}%)",
        "Lakanal (0920002A)",
        "Recopiez le nombre",
        "P0002",
    ):
        assert told in read
    assert (
        "Aucune ligne du fichier n’est de ces collèges\N{NO-BREAK SPACE}: Lakanal (0920002A), 2 inscrits."
        in read
    )
    names = client.get(f"{page.replace('change/', '')}desinscrits/".replace("//", "/"))
    text = b"".join(names.streaming_content).decode("utf-8-sig")
    assert [line.split(";")[0] for line in text.splitlines()[1:]] == ["P0000", "P0001", "P0002"]


def test_of_many_colleges_the_first_ten_are_in_sight(client, agent, staying):
    """admin.md 41, its kind: 47 collèges filled the screen, and what to do was below."""
    for number in range(47):
        uai = f"09210{number:02}Z"
        School.objects.create(uai=uai, name=f"Collège {number:02}", insee_code="92071")
        make_beneficiary(school_id=uai)
    read = client.get(whole_list(client)).text

    told = read[read.index("Aucune ligne du fichier") : read.index("Manque-t-il un fichier")]
    before, _, folded = told.partition("<details>")
    assert before.count("1 inscrit\N{NO-BREAK SPACE};") == 9
    assert folded.startswith("<summary>et 37 autres collèges</summary>")
    assert "Collège 46 (0921046Z), 1 inscrit" in folded
    assert read.count("et 37 autres collèges") == 2


def test_that_their_names_were_taken_is_in_the_journal(client, agent, leavers):
    """security.md F10, code.md 3.8, their kind: a spreadsheet of children left no line."""
    whole_list(client)
    client.get(reverse("admin:backoffice_import_struck_off", args=[only().pk]))

    [line] = AuditEntry.objects.filter(action=Action.EXPORTED)
    assert (line.actor, line.details) == (agent, "3 lignes")
    assert only().name in line.subject


def test_without_a_college_that_is_missing_nothing_is_said(client, agent, staying):
    make_beneficiary(pupil_number="P0001")

    assert "Aucune ligne du fichier" not in client.get(whole_list(client)).text


def test_the_number_is_typed(client, agent, leavers):
    """admin.md 41"""
    page = whole_list(client)

    assert "Ce champ est obligatoire" in confirm(client, page).text
    assert "pas le nombre" in confirm(client, page, number=2).text
    assert only().stage == Stage.READY
    confirm(client, page, number=3)
    assert only().stage == Stage.PROPOSED


def test_few_of_many_need_neither(client, agent, staying):
    """At most one in twenty."""
    for number in range(19):
        make_beneficiary(pupil_number=f"P{number:04}")
    lines = [LINA | {"Numéro d’élève": f"P{number:04}", "Prénom": "Garance"} for number in range(18)]
    named = Beneficiary.objects.in_bulk(field_name="pupil_number")
    lines = [
        line | {"Nom": named[line["Numéro d’élève"]].last_name, "Naissance": "2013"} | ANNE for line in lines
    ]
    page = whole_list(client, LINA | ANNE, *lines)
    confirm(client, page)
    work()

    assert (only().stage, StruckOff.objects.count()) == (Stage.DONE, 1)


# --- Two agents -------------------------------------------------------------------------------


def test_a_second_agent_confirms_and_the_journal_names_both(client, agent, leavers, enter):
    """admin.md 41: one agent alone struck off 40,044 children."""
    page = whole_list(client)
    told = confirm(client, page, number=3).text
    assert "un second agent doit le lire" in told
    assert work() == 0

    confirm(client, page, number=3)
    assert only().stage == Stage.PROPOSED, "who proposed it cannot confirm it"

    second = make_manager()
    enter(second)
    assert f"Proposé par {agent}" in client.get(page).text
    assert "import qui attend un second agent" in client.get(reverse("admin:index")).text
    confirm(client, page, number=3)
    work()

    assert enrolled() == {"E0001"}
    entry = AuditEntry.objects.get(action=Action.FILE_IMPORTED)
    assert (entry.actor, entry.reason) == (second, "Rentrée")
    assert f"3 désinscrits\N{NO-BREAK SPACE}; proposé par {agent} ({agent.username})" in entry.details


def test_nobody_confirms_what_they_proposed_by_the_service_either(agent, leavers, client):
    page = whole_list(client)
    confirm(client, page, number=3)
    job = only()

    assert jobs.confirm_second(import_id=job.pk, as_read=job.fingerprint, actor=agent) is None
    assert jobs.confirm(import_id=job.pk, as_read=job.fingerprint, reason="x", actor=make_manager()) is None


def test_nor_past_it(refused_by):
    agent = make_manager()
    with refused_by("passplus_import_confirmed_by_another"):
        make_import(stage=Stage.CONFIRMED, proposed_by=agent, confirmed_by=agent)


def test_a_team_of_one_is_told_and_so_is_the_journal(client, agent, leavers, settings):
    settings.SECOND_AGENT = False
    page = whole_list(client)
    assert "équipe d’une personne" in client.get(page).text
    confirm(client, page, number=3)
    work()

    assert enrolled() == {"E0001"}
    assert "sans second agent" in AuditEntry.objects.get(action=Action.FILE_IMPORTED).details


def test_lines_that_say_non_are_a_list_of_leavers_too(client, agent, leavers, enter):
    """admin.md 41, its kind: « Inscrit : non » in each line struck off as many, as so many « modifiés »."""
    lines = [
        LINA
        | ANNE
        | {
            "Numéro d’élève": child.pupil_number,
            "Nom": child.last_name,
            "Prénom": child.first_name,
            "Naissance": str(child.birth_year),
            "UAI": child.school_id,
            "Inscrit": "non",
        }
        for child in leavers
    ]
    page = bring(client, roster(*lines), sort=Sort.ROSTER).request["PATH_INFO"]
    work()

    read = client.get(page).text
    assert "3 enfants sur 4 inscrits" in read
    assert "3 désinscrits" in read
    assert "liste complète" not in read
    assert "Aucune ligne du fichier" not in read
    confirm(client, page)
    assert only().stage == Stage.READY
    confirm(client, page, number=3)
    assert only().stage == Stage.PROPOSED
    enter(make_manager())
    confirm(client, page, number=3)
    work()
    assert enrolled() == {"E0001"}

    client.post(undo_page(only()), {"reason": "Un mauvais fichier"})
    assert enrolled() == {"E0001", "P0000", "P0001", "P0002"}


# --- And back ---------------------------------------------------------------------------------


@pytest.fixture
def done(client, agent, leavers, settings):
    """A whole list that was one collège's."""
    settings.SECOND_AGENT = False
    confirm(client, whole_list(client), number=3)
    work()
    return only()


def undo_page(job):
    return reverse("admin:backoffice_import_annuler-les-desinscriptions", args=[job.pk])


def test_what_it_struck_off_is_enrolled_again(client, agent, done):
    """admin.md 41: there was no list afterwards, and no undo."""
    assert (
        "Annuler les désinscriptions"
        in client.get(reverse("admin:backoffice_import_change", args=[done.pk])).text
    )
    assert "3 enfants de nouveau inscrits" in client.get(undo_page(done)).text
    client.post(undo_page(done), {"reason": "Un seul collège"})

    assert enrolled() == {"E0001", "P0000", "P0001", "P0002"}
    entry = AuditEntry.objects.get(action=Action.STRIKING_OFF_UNDONE)
    assert (entry.actor, entry.reason, entry.subject) == (agent, "Un seul collège", done.name)
    assert entry.details == "3 enfants de nouveau inscrits"
    again = client.post(undo_page(done), {"reason": "Encore"}, follow=True)
    assert "Ce n’est plus possible" in again.text


def test_exactly_those_that_nobody_changed_since(client, agent, done):
    """admin.md 41: a child of whom an agent, or another list, decided anew stays as decided."""
    edited, gone, stays = Beneficiary.objects.filter(pupil_number__startswith="P").order_by("pk")
    audit.record(action=Action.CHANGED, subject=edited, reason="", actor=agent)
    later = make_import(stage=Stage.DONE, confirmed_by=agent)
    StruckOff.objects.create(job=later, beneficiary=gone)
    outsider = make_beneficiary(pupil_number="Q0001", is_enrolled=False)
    client.post(undo_page(done), {"reason": "Un seul collège"})

    assert enrolled() == {"E0001", stays.pupil_number}
    assert outsider.pupil_number not in enrolled()


def test_not_against_a_whole_list_that_came_since(client, agent, done):
    """The right list was imported meanwhile: whom it does not name has left."""
    confirm(client, whole_list(client, LINA | ANNE | {"Niveau": "4e"}))
    work()
    assert only().stage == Stage.DONE
    told = client.post(undo_page(done), {"reason": "Un seul collège"}).text

    assert "Une autre liste complète" in told
    assert enrolled() == {"E0001"}


def test_a_child_is_struck_off_once_by_an_import(refused_by, done):
    with refused_by("passplus_struckoff_once"):
        StruckOff.objects.create(job=done, beneficiary=Beneficiary.objects.get(pupil_number="P0000"))


# --- What was read is what is done ------------------------------------------------------------


def test_a_plan_that_is_no_longer_what_was_read_goes_back_to_be_read(client, agent, staying, settings):
    """code.md 3.12, admin.md 49: the agent confirmed « 1 désinscrit », 31 were."""
    settings.SECOND_AGENT = False
    make_beneficiary(pupil_number="P0001")
    page = whole_list(client)
    confirm(client, page, number=1)
    for number in range(30):
        make_beneficiary(pupil_number=f"R{number:04}")
    before = enrolled()
    assert work() == 1

    job = only()
    assert (job.stage, job.confirmed_by, job.proposed_by) == (Stage.READY, None, None)
    assert enrolled() == before
    assert not AuditEntry.objects.filter(action=Action.FILE_IMPORTED).exists()
    read = client.get(page).text
    assert "Ce n’est plus ce que vous avez lu" in read
    assert "31 désinscrits" in read
    confirm(client, page, number=31)
    work()
    assert enrolled() == {"E0001"}


def test_so_does_one_of_organismes(client, agent):
    """code.md 3.12"""
    page = bring(client).request["PATH_INFO"]
    work()
    confirm(client, page)
    jobs.importer_of(Sort.DIRECTORY).apply(JUDO, lambda done, rows: None)
    work()

    assert only().stage == Stage.READY
    assert "ne changerait rien" in client.get(page).text
    assert Partner.objects.count() == 1


def test_what_became_another_plan_while_the_page_was_open_is_not_confirmed(client, agent):
    page = bring(client).request["PATH_INFO"]
    work()
    told = client.post(page, {"reason": "Rentrée", "as_read": "0" * 64}, follow=True).text

    assert "n’est plus ce que vous avez lu" in told
    assert only().stage == Stage.READY


def test_the_same_plan_has_the_same_mark(client, agent, leavers):
    for _ in range(2):
        whole_list(client)
    first, second = Import.objects.order_by("pk")

    assert first.fingerprint == second.fingerprint != ""


# --- Files that kill their reader -------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.RUNNING])
def test_a_file_that_killed_two_workers_is_not_given_to_a_third(stage):
    """code.md 3.21, admin.md 47: it was first again for ever, and every import waited behind it."""
    long_ago = timezone.now() - dt.timedelta(hours=1)
    killer = make_import(b"boom", stage=stage, attempts=2, seen_at=long_ago)
    patient = make_import()
    work()

    killer.refresh_from_db()
    patient.refresh_from_db()
    assert (killer.stage, killer.report["told"], bytes(killer.content)) == (
        Stage.REFUSED,
        worker.KILLED,
        b"",
    )
    assert patient.stage == Stage.READY


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.CONFIRMED])
def test_each_death_is_counted(monkeypatch, stage):
    """code.md 3.21: killed amid the work, nobody writes anything more."""
    job = make_import(stage=stage)

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(worker, "importer_of", die)
    with pytest.raises(KeyboardInterrupt):
        work()
    job.refresh_from_db()
    assert job.attempts == 1

    assert work() == 0, "its worker may be alive"
    Import.objects.update(seen_at=timezone.now() - dt.timedelta(hours=1))
    with pytest.raises(KeyboardInterrupt):
        work()
    Import.objects.update(seen_at=timezone.now() - dt.timedelta(hours=1))
    work()
    job.refresh_from_db()
    assert job.stage == Stage.REFUSED


def test_a_long_reading_ends_before_its_worker_counts_as_dead():
    assert worker.LEASE.total_seconds() > reading.LONGEST_READING


# --- Abandoned --------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.READY, Stage.PROPOSED, Stage.CONFIRMED])
def test_an_import_that_waits_is_abandoned(client, agent, stage):
    """admin.md 28, 47: 63 « imports à relire » until the next day."""
    job = make_import(stage=stage, proposed_by=make_user(is_staff=True))
    page = reverse("admin:backoffice_import_change", args=[job.pk])
    assert "Abandonner cet import" in client.get(page).text
    assert f"Abandonné par {agent}" in client.post(page, {"abandon": "1"}, follow=True).text

    job.refresh_from_db()
    assert (job.stage, bytes(job.content)) == (Stage.ABANDONED, b"")
    assert work() == 0


@pytest.mark.parametrize("stage", [Stage.RUNNING, Stage.DONE, Stage.REFUSED])
def test_one_that_is_done_or_being_done_is_not(client, agent, stage):
    job = make_import(stage=stage, **({"confirmed_by": agent} if stage == Stage.DONE else {}))
    page = reverse("admin:backoffice_import_change", args=[job.pk])

    assert "Abandonner cet import" not in client.get(page).text
    assert "déjà fait, ou en cours" in client.post(page, {"abandon": "1"}, follow=True).text
    job.refresh_from_db()
    assert job.stage == stage


def test_one_abandoned_while_it_is_compared_stays_so(monkeypatch):
    job = make_import()
    importer_of = jobs.importer_of

    def meanwhile(*args, **kwargs):
        jobs.abandon(import_id=job.pk, actor=job.owner)
        return importer_of(*args, **kwargs)

    monkeypatch.setattr(worker, "importer_of", meanwhile)
    work()

    job.refresh_from_db()
    assert job.stage == Stage.ABANDONED


# --- Likeness ---------------------------------------------------------------------------------


def test_likenesses_are_ticked_before_anybody_is_created(client, agent, staying):
    """admin.md 40, 45: « 1 créé », not a word."""
    page = bring(client, roster(LINA | {"Numéro d’élève": "E0002"} | ANNE), sort=Sort.ROSTER).request[
        "PATH_INFO"
    ]
    work()
    read = client.get(page).text
    assert "J’ai vérifié la ressemblance" in read
    assert "ressemble à Lina MARTIN (numéro E0001)" in read

    assert "Ce champ est obligatoire" in confirm(client, page).text
    assert only().stage == Stage.READY
    confirm(client, page, checked="on")
    work()
    assert Beneficiary.objects.filter(pupil_number="E0002").exists()


def test_every_account_that_is_linked_is_on_some_page(client, agent, monkeypatch):
    """admin.md 43"""
    monkeypatch.setattr(import_page, "AT_ONCE", 2)
    make_user("anne92", first_name="Anne", last_name="MARTIN", email="anne@famille.example")
    lines = [LINA | {"Numéro d’élève": f"E{n:04}", "Prénom": f"Léa {n}"} | ANNE for n in range(5)]
    page = bring(client, roster(*lines), sort=Sort.ROSTER).request["PATH_INFO"]
    work()

    read = client.get(page).text
    assert "Comptes existants reliés (5)" in read
    assert "Page 1 sur 3" in read
    assert "anne92 (Anne MARTIN), par son nom et son adresse e-mail" in client.get(page, {"links": 3}).text
