"""An import that waits is abandoned."""

import pytest
from django.db import connection
from django.urls import reverse

from accounts.tests.factories import make_user
from backoffice.imports import importers, jobs, plans, worker
from backoffice.models import Import, Stage

from .importing import make_import, work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("stage", "button", "told"),
    [
        (Stage.RECEIVED, "Arrêter", "Arrêté par"),
        (Stage.UNMAPPED, "Abandonner cet import", "Abandonné par"),
        (Stage.READY, "Abandonner cet import", "Abandonné par"),
        (Stage.PROPOSED, "Abandonner cet import", "Abandonné par"),
        (Stage.CONFIRMED, "Arrêter", "Arrêté par"),
    ],
)
def test_an_import_that_waits_is_abandoned(client, agent, stage, button, told):
    """admin.md 28, 47: 63 « imports à relire » until the next day."""
    job = make_import(stage=stage, proposed_by=make_user(is_staff=True))
    page = reverse("admin:backoffice_import_change", args=[job.pk])
    assert f'value="{button}"' in client.get(page).text
    assert f"{told} {agent}. Rien n’est écrit." in client.post(page, {"abandon": "1"}, follow=True).text

    work()
    job.refresh_from_db()
    assert (job.stage, bytes(job.content)) == (Stage.ABANDONED, b"")


@pytest.mark.parametrize("stage", [Stage.DONE, Stage.REFUSED])
def test_one_that_is_done_is_not(client, agent, stage):
    job = make_import(stage=stage, **({"confirmed_by": agent} if stage == Stage.DONE else {}))
    page = reverse("admin:backoffice_import_change", args=[job.pk])

    assert 'name="abandon"' not in client.get(page).text
    assert "déjà fait, ou ne s’arrête plus" in client.post(page, {"abandon": "1"}, follow=True).text
    job.refresh_from_db()
    assert job.stage == stage


def test_one_abandoned_amid_its_reading_is_read_no_further(monkeypatch):
    """A hundred thousand lines would keep the next file waiting."""
    lines = "".join(f"\nCLUB {number};Antony;Judo" for number in range(9))
    job = make_import(f"Nom;Commune;Activités Sport{lines}".encode())
    monkeypatch.setattr(plans, "TOLD_EVERY", 2)
    read = []

    def judge(row, change, plan):
        read.append(row.number)
        if row.number == 3:
            jobs.abandon(import_id=job.pk, actor=job.owner)

    monkeypatch.setattr(plans, "_judge", judge)
    work()

    job.refresh_from_db()
    assert (job.stage, read) == (Stage.ABANDONED, [2, 3, 4])


def test_one_abandoned_while_it_is_compared_stays_so(monkeypatch):
    job = make_import()
    importer_of = importers.importer_of

    def meanwhile(*args, **kwargs):
        jobs.abandon(import_id=job.pk, actor=job.owner)
        return importer_of(*args, **kwargs)

    monkeypatch.setattr(worker, "importer_of", meanwhile)
    work()

    job.refresh_from_db()
    assert job.stage == Stage.ABANDONED


def test_the_page_says_how_far_it_is_and_whether_it_can_be_stopped(client, agent):
    job = make_import(stage=Stage.RUNNING, rows=9, rows_done=4)
    page = client.get(reverse("admin:backoffice_import_change", args=[job.pk])).text.replace(
        "\N{NO-BREAK SPACE}", " "
    )

    assert "Relecture, puis écriture : 4 lignes sur 9" in page
    assert '<progress id="progress" max="9" value="4">' in page
    if connection.vendor == "sqlite":
        assert "Sur SQLite, un import qui s’écrit ne s’arrête plus." in page
    else:
        assert 'value="Arrêter"' in page
    Import.objects.update(stage=Stage.RECEIVED)
    page = client.get(reverse("admin:backoffice_import_change", args=[job.pk])).text
    assert "Lecture" in page
    assert 'value="Arrêter"' in page
