"""A known guardian's new e-mail address or telephone is written where an agent asks for it."""

import pytest
from django.core import mail
from django.utils import timezone

from accounts import email_change, links
from accounts.audit import Action, AuditEntry
from accounts.links import Channel
from accounts.models import User
from accounts.tests.factories import grant, make_beneficiary, make_user
from backoffice.imports import choices, contacts
from backoffice.models import Contacts, Sort, Stage
from backoffice.queue.upkeep import adopt
from backoffice.tests.roster.rosters import BIRTH, LINA, guardian, roster

from .importing import bring, choose, confirm, work
from .whole_lists import only

pytestmark = pytest.mark.django_db
OLD, NEW, PHONE = "anne@famille.example", "neuve@famille.example", "06 99 00 00 01"
SAID = guardian(last_name="MARTIN", first_name="Anne", email=NEW, phone=PHONE)


@pytest.fixture
def anne():
    anne = make_user("anne", first_name="Anne", last_name="MARTIN", email=OLD)
    make_beneficiary(
        anne,
        pupil_number="E0001",
        first_name="Lina",
        last_name="MARTIN",
        birth_year=BIRTH,
        insee_code="92071",
    )
    return anne


@pytest.fixture
def page(client, agent, anne):
    page = bring(client, roster(LINA | {"Niveau": "4e"} | SAID), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    return page


def test_it_is_shown_and_written_by_nobody_who_does_not_ask(client, page, anne):
    """admin.md 45, 61: a changed e-mail or phone of a known guardian was dropped, without a word."""
    read = " ".join(client.get(page).text.split())
    assert f"Du compte anne (Anne MARTIN), e-mail : {OLD} → {NEW}" in read
    assert f"téléphone : rien → {PHONE}" in read
    assert "checked" not in read
    confirm(client, page)
    work()

    anne.refresh_from_db()
    assert (only().stage, anne.email, anne.phone) == (Stage.DONE, OLD, "")
    assert "(non demandé)" in client.get(page).text


def test_asked_for_it_is_written_after_the_import_with_the_care_of_an_agent_s_change(
    client, agent, page, anne
):
    """admin.md 45, 61"""
    asked = email_change.ask(user_id=anne.pk, address="encore@famille.example")
    mail.outbox.clear()
    token = links.password_path(anne, Channel.MAIL).rstrip("/").rsplit("/", 1)[-1]
    assert links.channel_of_token(anne, token) == Channel.MAIL
    choose(client, page, shown="2", coordonnees="2")
    confirm(client, page)
    assert work() == 2

    anne.refresh_from_db()
    assert (anne.email, anne.phone, anne.former_email) == (NEW, PHONE, OLD)
    assert (anne.email_confirmed_at, anne.email_by_agent, anne.needs_two_agents) == (None, True, True)
    asked.refresh_from_db()
    assert asked.is_open is False
    assert links.channel_of_token(anne, token) is None, "a link to the old address"
    assert [message.to for message in mail.outbox] == [[OLD], [NEW]]
    entries = AuditEntry.objects.filter(action=Action.CHANGED).order_by("pk")
    assert [entry.changes for entry in entries] == [
        [["adresse e-mail", OLD, NEW]],
        [["téléphone", "", PHONE]],
    ]
    entry = entries[0]
    assert (entry.actor, entry.subject, entry.concerns) == (agent, "Compte Anne MARTIN", "anne")
    assert entry.reason.startswith("Rentrée (import «")
    imported = AuditEntry.objects.get(action=Action.FILE_IMPORTED)
    assert "coordonnées demandées de 1 ligne" in imported.details
    assert only().lines.get().contacts == Contacts.WRITTEN
    assert client.get(page).text.count("(écrit)") == 2


def test_a_file_that_changes_nothing_else_is_imported_for_them(client, agent, anne):
    page = bring(client, roster(LINA | {"Niveau": "6e"} | SAID), sort=Sort.ROSTER).request["PATH_INFO"]
    User.objects.filter(pk=anne.pk).update(phone=PHONE)
    work()
    choose(client, page, ask_all="")
    confirm(client, page)
    work()

    anne.refresh_from_db()
    assert anne.email == NEW


def test_all_are_asked_for_at_once_and_none_again(client, page):
    assert "Demander toutes les coordonnées nouvelles" in client.get(page).text
    assert "N’en demander aucune" in choose(client, page, ask_all="").text
    assert only().lines.get().contacts == Contacts.ASKED
    choose(client, page, ask_none="")
    assert only().lines.get().contacts == Contacts.OFFERED


def test_an_address_that_its_owner_confirmed_is_asked_for_by_its_line_alone(client, agent, anne):
    """A school's list is often older than what a family wrote on the site."""
    User.objects.filter(pk=anne.pk).update(email_confirmed_at=timezone.now())
    page = bring(client, roster(LINA | SAID), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    assert f"{OLD} (confirmée par son titulaire) → {NEW}" in client.get(page).text
    choose(client, page, ask_all="")
    assert only().lines.get().contacts == Contacts.OFFERED

    choose(client, page, shown="2", coordonnees="2")
    assert only().lines.get().contacts == Contacts.ASKED


def test_who_unticks_it_does_not_ask(client, page):
    choose(client, page, shown="2", coordonnees="2")
    assert 'value="2" checked' in client.get(page).text
    choose(client, page, shown="2")

    assert only().lines.get().contacts == Contacts.OFFERED


@pytest.mark.parametrize(
    "meanwhile",
    [
        pytest.param({"is_active": False}, id="closed"),
        pytest.param({"is_staff": True}, id="an agent by now"),
        pytest.param({"email": "autre@famille.example", "phone": "01"}, id="another by now"),
    ],
)
def test_what_became_of_the_account_meanwhile_stays(page, client, anne, meanwhile):
    choose(client, page, ask_all="")
    confirm(client, page)
    User.objects.filter(pk=anne.pk).update(**meanwhile)
    job = only()
    job.lines.update(contacts=Contacts.ASKED)
    type(job).objects.filter(pk=job.pk).update(stage=Stage.DONE)
    before = User.objects.filter(pk=anne.pk).values("email", "phone")[0]
    contacts.write.call(import_id=job.pk)

    assert User.objects.filter(pk=anne.pk).values("email", "phone")[0] == before
    assert mail.outbox == []
    assert [it["came"] for it in job.lines.get().said["contacts"]] == [contacts.LEFT] * 2


def test_nobody_is_given_an_address_that_cannot_be_written_to(anne):
    assert email_change.give(user_id=anne.pk, before=OLD, address="néant") is None


def test_of_a_line_that_is_left_nothing_is_written(client, agent, anne):
    new = LINA | {"Numéro d’élève": "E0002"} | SAID | {"Responsable 1 identifiant": "anne"}
    page = bring(client, roster(new), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    choose(client, page, ask_all="")
    choose(client, page, **{"choix-2": "leave"})
    confirm(client, page)
    work()

    anne.refresh_from_db()
    assert (only().stage, anne.email) == (Stage.DONE, OLD)


def test_many_are_written_by_batches(client, page, anne, monkeypatch):
    monkeypatch.setattr(contacts, "AT_ONCE", 1)
    other = make_user("paul", first_name="Paul", last_name="DURAND", email="paul@famille.example")
    job = only()
    line = job.lines.get()
    said = {"account": other.pk, "called": "paul", "field": "phone", "before": "", "after": PHONE}
    job.lines.create(number=3, verdict="inchange", is_to_check=True, said={"contacts": [said]})
    job.lines.update(contacts=Contacts.ASKED)
    type(job).objects.filter(pk=job.pk).update(stage=Stage.DONE, confirmed_by=job.owner)
    # A backup brought it back without its task.
    adopt()
    work()

    other.refresh_from_db()
    assert (other.phone, job.lines.filter(contacts=Contacts.WRITTEN).count()) == (PHONE, 2)
    assert line.number == 2


def test_who_may_not_change_an_account_asks_for_nothing(client, agent, anne):
    agent.groups.clear()
    grant(agent, "import_lists")
    page = bring(client, roster(LINA | SAID), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    assert "Demander toutes" not in client.get(page).text
    choose(client, page, ask_all="", shown="2", coordonnees="2")

    assert only().lines.get().contacts == Contacts.OFFERED


def test_a_choice_of_them_is_part_of_what_is_confirmed(page):
    job = only()
    read = choices.as_read(job)
    asked = choices.PageChoices(asked=[2])
    kept = choices.take(import_id=job.pk, chosen=asked, mark=read)
    job.refresh_from_db()

    assert choices.as_read(job) == kept != read
