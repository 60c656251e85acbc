"""An agent brings a file, reads what it would do, and confirms."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Action, AuditEntry
from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary
from backoffice.facts import campaigns as about
from backoffice.imports.directory.importer import DirectoryImporter
from backoffice.models import Import, Sort
from backoffice.tests.roster.rosters import ANNE, LINA, roster
from partners.models import Partner
from wallets.tests.factories import make_campaign

from .importing import JUDO, bring, confirm, make_import, make_manager, work

pytestmark = pytest.mark.django_db


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


def test_it_says_when_nothing_moves(client, agent):
    old = timezone.now() - dt.timedelta(minutes=5)
    job = make_import(seen_at=old)

    assert (
        "Prévenez l’exploitation" in client.get(reverse("admin:backoffice_import_change", args=[job.pk])).text
    )
