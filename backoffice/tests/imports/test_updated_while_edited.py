"""An agent corrects an organisme at the moment an import brings it up to date."""

import threading

import pytest
from django.db import connection, transaction

from backoffice.imports.directory import importer
from backoffice.imports.directory.importer import DirectoryImporter
from backoffice.imports.plans import Chosen
from partners.models import Partner
from partners.services import directory_changed
from partners.tests.factories import make_offer, make_partner
from wallets.models import Kind

pytestmark = pytest.mark.django_db(transaction=True)
# SQLite queues those who write: there the lock takes nothing away.
on_postgresql = connection.vendor == "postgresql"
CONTENT = "Nom;Commune;Téléphone;Activités Sport\nANTONY JUDO CLUB;Antony;01 99 00 10 99;Judo".encode()


@pytest.mark.parametrize(
    ("locked", "phone"),
    [
        pytest.param(True, "01 99 00 10 00", id="the agent waits, and has the last word"),
        # The control: what the agent wrote is written over by what was read before.
        pytest.param(False, "01 99 00 10 99" if on_postgresql else "01 99 00 10 00", id="without the lock"),
    ],
)
def test_what_an_agent_writes_meanwhile_is_not_lost(at_once, monkeypatch, locked, phone):
    judo = make_partner("JUDO CLUB D’ANTONY", phone="01 99 00 10 58")
    make_offer("Judo", Kind.SPORT, partner=judo)
    read, edited = threading.Event(), threading.Event()
    update = importer._update

    def update_later(*args):
        update(*args)
        read.set()
        edited.wait(timeout=1 if locked or not on_postgresql else 20)

    @transaction.atomic
    def bring():
        DirectoryImporter().apply(lambda: CONTENT, lambda done, rows: None, chosen=Chosen(same={2: judo.pk}))

    def edit():
        read.wait(timeout=20)
        with transaction.atomic():
            directory_changed()
            Partner.objects.filter(pk=judo.pk).update(phone="01 99 00 10 00")
        edited.set()

    monkeypatch.setattr(importer, "_update", update_later)
    if not locked and on_postgresql:
        monkeypatch.setattr(importer, "directory_changed", lambda: None)
    assert at_once(bring, edit) == ["done", "done"]
    partner = Partner.objects.get()
    assert (partner.pk, partner.name, partner.phone) == (judo.pk, "ANTONY JUDO CLUB", phone)
