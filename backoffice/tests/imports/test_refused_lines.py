"""The lines that are refused come back as a file, which corrected is a file of the same sort."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.audit import Action, AuditEntry
from accounts.models import Beneficiary
from backoffice.imports import worker
from backoffice.models import Import, Stage
from backoffice.tests.roster.rosters import ANNE, LINA, roster
from partners.models import Partner

from .importing import bring, confirm, work

pytestmark = pytest.mark.django_db

SPOILED = "Nom;Commune;Adresse;Activités Sport\nJUDO CLUB;Antony;#REF!;Judo\nAUTRE CLUB;Antony;;Aviron"


def address(page):
    return page.replace("change/", "refuses/")


def refused(client, page):
    return client.get(address(page))


def test_they_are_corrected_and_brought_again(client, agent):
    """admin.md 43, 6: of three hundred lines that are refused none came back as a file to correct."""
    page = bring(client, SPOILED.encode()).request["PATH_INFO"]
    work()
    assert address(page) in client.get(page).text
    confirm(client, page)
    work()

    file = refused(client, page)
    text = file.content.decode("utf-8-sig")
    titles, line = text.splitlines()
    assert titles == "Nom;Adresse;Commune;Activités Sport;Motif du refus"
    assert line.startswith("JUDO CLUB;#REF!;Antony;Judo;La case Adresse dit #REF!")
    again = bring(client, text.replace("#REF!", "1 rue du Bac", 1).encode()).request["PATH_INFO"]
    work()
    confirm(client, again)
    work()

    assert {*Partner.objects.values_list("name", "address")} == {
        ("AUTRE CLUB", ""),
        ("JUDO CLUB", "1 rue du Bac"),
    }
    assert AuditEntry.objects.filter(action=Action.EXPORTED, details="1 ligne").count() == 1


def test_a_whole_roster_keeps_its_columns(client, agent, enter):
    content = roster(LINA | ANNE | {"Niveau": "CM2"}, LINA | ANNE | {"Numéro d’élève": "E0002", "Nom": "A1"})
    page = bring(client, content, sort="eleves").request["PATH_INFO"]
    work()
    text = refused(client, page).content.decode("utf-8-sig")
    corrected = text.replace("CM2", "6e").replace("A1", "AUBRY")
    bring(client, corrected.encode(), sort="eleves")
    work()

    lines = Import.objects.order_by("pk").last().lines
    assert [*lines.values_list("verdict", "name")] == [("cree", "Lina MARTIN"), ("cree", "Lina AUBRY")]
    assert not Beneficiary.objects.filter(pupil_number__startswith="E000").exists()


def test_without_any_there_is_no_file(client, agent):
    page = bring(client, b"Nom;Commune;Activit\xc3\xa9s Sport\nJUDO CLUB;Antony;Judo").request["PATH_INFO"]
    work()

    assert address(page) not in client.get(page).text
    assert refused(client, page).status_code == 404


def test_they_are_forgotten_with_the_import_and_after_a_week(client, agent):
    page = bring(client, SPOILED.encode()).request["PATH_INFO"]
    work()
    client.post(page, {"abandon": "1"})
    assert bytes(Import.objects.get().refused_lines) == b""

    Import.objects.update(
        stage=Stage.DONE,
        confirmed_by=agent,
        refused_lines=b"x",
        seen_at=timezone.now() - worker.CORRECTED_WITHIN - dt.timedelta(minutes=1),
    )
    worker.forget()

    assert bytes(Import.objects.get().refused_lines) == b""
