"""What nobody may say of the columns of a file."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.tests.factories import make_user
from backoffice.imports import choices, jobs, worker
from backoffice.imports.mapping import service
from backoffice.models import AGREED, ColumnMapping, Import, Sort, Stage
from backoffice.tests.imports.importing import make_import
from core.tests.queue import work

from .relating import CLUBS, OF_CLUBS, bring, page_of, relate, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(client, agent):
    return bring(client, CLUBS)


@pytest.mark.parametrize(
    ("columns", "titles", "sentence"),
    [
        ({"Nom": 0, "Activités Sport": 2}, "0-1", "Cette colonne est obligatoire"),
        ({"Nom": 0, "Commune": 0}, "0-1", "est déjà reliée à Nom"),
        ({"Nom": 0, "Commune": 99}, "0-1", "Sélectionnez un choix valide"),
        ({"Nom": "-1", "Commune": 1}, "0-1", "Sélectionnez un choix valide"),
        ({"Nom": "<script>", "Commune": 1}, "0-1", "Sélectionnez un choix valide"),
        # A line about somebody is no line of titles.
        (OF_CLUBS, "0-9", "Choisissez la ligne des titres"),
        (OF_CLUBS, "9-1", "Choisissez la ligne des titres"),
        (OF_CLUBS, "", "obligatoire"),
    ],
)
def test_a_form_that_cannot_be_is_refused(client, job, columns, titles, sentence):
    answer = client.post(page_of(job), said(job, columns, titles))

    assert answer.status_code == 200
    assert sentence in answer.text
    assert "<script>" not in answer.text.partition('id="content-main"')[2].partition("</form>")[2]
    job.refresh_from_db()
    assert job.stage == Stage.UNMAPPED
    assert not ColumnMapping.objects.exists()


def test_a_line_about_somebody_is_never_kept_as_titles(client, agent):
    """Its cells would stay as long as the titles do."""
    content = "Club;Ou cela;On y fait;Joindre\nJUDO CLUB;Antony;Judo;anne@famille.example\n"
    job = bring(client, content)
    keys = [line.key for line in client.get(page_of(job)).context["lines"]]

    assert keys == ["0-1", "0-0"]


@pytest.mark.parametrize("stage", sorted({*Stage} - {Stage.UNMAPPED, Stage.READY}))
def test_of_an_import_that_is_further_nothing_is_related(client, job, agent, stage):
    fields = {"confirmed_by": agent} if stage in AGREED else {}
    Import.objects.update(stage=stage, proposed_by=None if fields else agent, **fields)
    columns = {"Nom": (0, "Club"), "Commune": (1, "Ou cela")}

    assert client.get(page_of(job)).status_code == 302
    assert client.post(page_of(job), said(job, OF_CLUBS)).status_code == 302
    assert not service.relate(import_id=job.pk, shape="x", columns=columns, actor=agent)
    assert Import.objects.get().stage == stage
    assert not ColumnMapping.objects.exists()


def test_an_adviser_relates_nothing(client, enter):
    adviser = make_user(is_staff=True)
    adviser.groups.add(Group.objects.get(name="téléconseiller"))
    enter(adviser)
    job = make_import(CLUBS.encode(), stage=Stage.UNMAPPED)

    assert client.get(page_of(job)).status_code == 404
    assert client.post(page_of(job), said(job, OF_CLUBS)).status_code == 404


def test_one_that_waits_for_its_columns_is_abandoned_or_forgotten(job, agent):
    assert jobs.abandon(import_id=job.pk, actor=agent)
    Import.objects.update(stage=Stage.UNMAPPED, seen_at=timezone.now() - dt.timedelta(days=2))
    worker.forget()

    assert not Import.objects.exists()


def test_two_agents_at_once_keep_one_mapping(at_once):
    """Each of a file of his own, of the same shape."""
    agents = [make_user(is_staff=True), make_user(is_staff=True)]
    jobs_of_both = [make_import(CLUBS.encode(), stage=Stage.UNMAPPED) for _ in agents]
    columns = {"Nom": (0, "Club"), "Commune": (1, "Ou cela")}

    def of(job, agent):
        return lambda: service.relate(import_id=job.pk, shape="x", columns=columns, actor=agent)

    assert at_once(*map(of, jobs_of_both, agents)) == ["done", "done"]
    assert ColumnMapping.objects.count() == 1


@pytest.mark.parametrize(
    ("sort", "constraint"),
    [
        (Sort.DIRECTORY, "backoffice_columnmapping_once"),
        ("tickets", "backoffice_columnmapping_sort_is_known"),
    ],
)
def test_constraints(refused_by, sort, constraint):
    agent = make_user(is_staff=True)
    ColumnMapping.objects.create(sort=Sort.DIRECTORY, shape="x", columns={}, mapped_by=agent)
    with refused_by(constraint):
        ColumnMapping.objects.create(sort=sort, shape="x", columns={}, mapped_by=agent)


def test_a_board_says_that_it_waits(client, job):
    assert "import dont les colonnes sont à relier" in client.get("/admin/").text


def test_what_a_mapping_says_is_part_of_what_was_read(client, job, agent):
    """Another agent relates the same titles otherwise meanwhile: what was read is not what would be done."""
    relate(client, job, OF_CLUBS)
    before = choices.as_read(job)
    other = bring(client, CLUBS)
    relate(client, other, {"Nom": 0, "Commune": 1, "Activités Culture": 2})
    jobs.confirm(import_id=job.pk, as_read=before, reason="Rentrée", actor=agent)
    work()

    job.refresh_from_db()
    assert (job.stage, job.report["was_another"]) == (Stage.READY, True)
