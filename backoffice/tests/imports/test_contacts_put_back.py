"""An e-mail address or a telephone that an import was asked to write is put back by one act."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from accounts.models import User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.imports import contacts
from backoffice.models import Contacts, Sort, Stage
from backoffice.tests.roster.rosters import BIRTH, LINA, guardian, roster

from .importing import bring, confirm, undo, undo_page, work
from .whole_lists import only

pytestmark = pytest.mark.django_db
OLD, NEW, PHONE = "anne@famille.example", "neuve@famille.example", "06 99 00 00 01"
LABEL = "Remettre les coordonnées d’avant"


@pytest.fixture
def anne():
    anne = make_user("anne", first_name="Anne", last_name="MARTIN", email=OLD)
    make_beneficiary(anne, pupil_number="E0001", first_name="Lina", last_name="MARTIN", birth_year=BIRTH)
    return anne


@pytest.fixture
def page(client, agent, anne):
    """Of an import that wrote both."""
    said = guardian(last_name="MARTIN", first_name="Anne", email=NEW, phone=PHONE)
    page = bring(client, roster(LINA | {"Niveau": "4e"} | said), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    confirm(client, page, shown="2", coordonnees="2")
    work()
    anne.refresh_from_db()
    assert (anne.email, anne.phone) == (NEW, PHONE)
    return page


def put_back(client):
    address = reverse("admin:backoffice_import_remettre-les-coordonnees", args=[only().pk])
    looked = client.get(address)
    form = {"reason": "Vieille liste", "seen": looked.context["seen"] if looked.context else ""}
    client.post(address, form)
    work()
    return looked


def test_both_are_put_back_with_the_care_of_an_agent_s_change(client, agent, page, anne):
    """The fresh-eyes trial: what was applied on request could not be put back."""
    assert LABEL in client.get(page).text
    mail.outbox.clear()
    looked = put_back(client)

    assert f"{NEW} → {OLD}" in looked.text
    anne.refresh_from_db()
    assert (anne.email, anne.phone, anne.email_confirmed_at) == (OLD, "", None)
    assert [message.to for message in mail.outbox] == [[NEW], [OLD]]
    entries = AuditEntry.objects.filter(action=Action.CHANGED, subject="Compte Anne MARTIN").order_by("pk")
    assert [entry.changes for entry in entries][2:] == [
        [["adresse e-mail", NEW, OLD]],
        [["téléphone", PHONE, ""]],
    ]
    last = entries.last()
    assert (last.actor, last.reason.startswith("Vieille liste (import «")) == (agent, True)
    read = client.get(page).text
    assert read.count(f"({contacts.RETURNED})") == 2
    assert only().lines.get().contacts == Contacts.RETURNED
    assert LABEL not in read


def test_what_became_of_the_account_since_stays(client, agent, page, anne):
    User.objects.filter(pk=anne.pk).update(email="autre@famille.example")
    put_back(client)

    anne.refresh_from_db()
    assert (anne.email, anne.phone) == ("autre@famille.example", "")
    assert [it["came"] for it in only().lines.get().said["contacts"]] == [contacts.STAYS, contacts.RETURNED]


def test_an_address_where_there_was_none_is_taken_away(client, agent, page, anne):
    line = only().lines.get()
    line.said["contacts"][0]["before"] = ""
    line.save(update_fields=["said"])
    put_back(client)

    anne.refresh_from_db()
    assert (anne.email, anne.phone) == ("", "")


def test_many_are_put_back_by_batches(client, agent, page, anne, monkeypatch):
    monkeypatch.setattr(contacts, "AT_ONCE", 1)
    other = make_user("paul", first_name="Paul", last_name="DURAND", phone=PHONE)
    said = {"account": other.pk, "called": "paul", "field": "phone", "before": "01", "after": PHONE}
    line = {"number": 3, "verdict": "inchange", "is_to_check": True, "contacts": Contacts.WRITTEN}
    job = only()
    job.lines.create(**line, said={"contacts": [said | {"came": contacts.WRITTEN}]})
    put_back(client)

    other.refresh_from_db()
    anne.refresh_from_db()
    assert (other.phone, anne.email) == ("01", OLD)
    assert job.lines.filter(contacts=Contacts.RETURNED).count() == 2


def test_the_undo_of_the_import_says_that_they_stay_and_how_they_go_back(client, agent, page, anne, settings):
    settings.SECOND_AGENT = False
    told = client.get(undo_page(only())).text
    assert "Coordonnées écrites à la demande" in told
    assert LABEL in told
    undo(client, only())
    anne.refresh_from_db()
    assert (only().stage, anne.email) == (Stage.UNDONE, NEW)
    put_back(client)

    anne.refresh_from_db()
    assert anne.email == OLD


def test_twice_puts_back_once(client, agent, page, anne):
    put_back(client)
    User.objects.filter(pk=anne.pk).update(email=NEW)
    put_back(client)

    anne.refresh_from_db()
    assert anne.email == NEW


def test_an_import_that_wrote_none_does_not_offer_it(client, agent, anne):
    page = bring(client, roster(LINA | {"Niveau": "4e"}), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    confirm(client, page)
    work()

    assert LABEL not in client.get(page).text
    address = reverse("admin:backoffice_import_remettre-les-coordonnees", args=[only().pk])
    assert client.get(address).status_code == 302
