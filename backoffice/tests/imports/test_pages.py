"""An agent brings a file, reads what it would do, and confirms."""

import pytest

from accounts.audit import Action, AuditEntry
from backoffice.imports.directory.importer import DirectoryImporter
from backoffice.models import Import
from partners.models import Partner

from .importing import JUDO, bring, confirm, work

pytestmark = pytest.mark.django_db


def test_an_agent_reads_what_it_would_do_then_imports(client, agent):
    page = bring(client, JUDO + b"\nCLUB;Atlantis;Judo").request["PATH_INFO"]
    # To its address: « #lines » behind it would only move who reads it.
    assert client.get(page).headers["Refresh"] == f"2; url={page}"
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
    DirectoryImporter().apply(lambda: JUDO, lambda done, rows: None)
    page = bring(client).request["PATH_INFO"]
    work()

    read = client.get(page).text
    assert "ne changerait rien" in read
    assert 'value="Importer"' not in read
