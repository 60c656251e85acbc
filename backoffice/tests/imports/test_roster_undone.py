"""A roster that was the wrong one: what it made and changed is taken back, and what was built on it stays."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.audit import Action, AuditEntry
from accounts.models import Beneficiary, Guardianship, School, User
from accounts.proposals import Proposal
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.imports import jobs
from backoffice.models import Import, Sort, Stage, WrittenRows
from backoffice.tests.roster.rosters import ANNE, BIRTH, LINA, guardian, roster
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

from .importing import bring, confirm, make_manager, undo, undo_page, work
from .whole_lists import only

pytestmark = pytest.mark.django_db

ZOE = LINA | {"Numéro d’élève": "E0002", "Prénom": "Zoé", "Compte de l’élève": "oui"}
PAUL = guardian(last_name="MARTIN", first_name="Paul", email="paul@famille.example")


@pytest.fixture(autouse=True)
def small_team(settings):
    settings.SECOND_AGENT = False


@pytest.fixture
def imported(client, agent):
    def imported(*lines, **fields):
        page = bring(client, roster(*lines), sort=Sort.ROSTER, **fields).request["PATH_INFO"]
        work()
        confirm(client, page)
        work()
        assert only().stage == Stage.DONE, only().report
        return only()

    return imported


def families():
    """All that a roster writes, but the keys."""
    return (
        sorted(Beneficiary.objects.values_list("pupil_number", "first_name", "grade", "user__username")),
        sorted(User.objects.filter(is_staff=False).values_list("username", "first_name")),
        sorted(Guardianship.objects.values_list("user__username", "beneficiary__pupil_number")),
        sorted(School.objects.values_list("uai")),
    )


def test_everything_is_as_it_was(client, agent, imported):
    """admin.md 28: an import had no undo."""
    known = make_beneficiary(pupil_number="E0001", first_name="Lina", last_name="MARTIN", grade="6")
    known_parent = make_user(first_name="Luc", last_name="MARTIN", email="luc@famille.example")
    Guardianship.objects.create(user=known_parent, beneficiary=known)
    before = families()
    job = imported(LINA | PAUL | {"Compte de l’élève": "oui"}, ZOE | ANNE | {"UAI": "0920003B"})
    assert families() != before

    page = client.get(undo_page(job)).text
    for fact in ("Enfants créés", "1 enlevé", "Comptes créés", "4 enlevés", "Enfants modifiés", "1 rétabli"):
        assert fact in page
    undo(client, job)

    assert families() == before
    job.refresh_from_db()
    assert (job.stage, WrittenRows.objects.count()) == (Stage.UNDONE, 0)
    entry = AuditEntry.objects.filter(action=Action.IMPORT_UNDONE).latest("pk")
    assert (entry.actor, entry.reason) == (agent, "Mauvais fichier")
    assert "enfants créés\N{NO-BREAK SPACE}: 1 enlevé" in entry.details


def test_it_is_taken_back_once(client, agent, imported):
    job = imported(ZOE | ANNE)
    undo(client, job)
    again = client.post(undo_page(job), {"reason": "Encore"}, follow=True)

    assert "Ce n’est plus possible" in again.text
    assert AuditEntry.objects.filter(action=Action.IMPORT_UNDONE).count() == 2


def _given_a_wallet(child):
    make_wallet(beneficiary=child)


def _edited(child):
    audit.record(action=Action.CHANGED, subject=child, reason="", actor=make_manager())


def _visited(child):
    User.objects.filter(children=child).update(last_login=timezone.now(), password="pbkdf2")


def _entrusted_to_another(child):
    Guardianship.objects.create(user=make_user(), beneficiary=child)


@pytest.mark.parametrize("build", [_given_a_wallet, _edited, _visited, _entrusted_to_another])
def test_a_child_on_whom_something_was_built_stays_with_its_guardian(client, agent, imported, build):
    job = imported(ZOE | ANNE, LINA | {"Numéro d’élève": "E0003", "Prénom": "Rose"} | PAUL)
    build(Beneficiary.objects.get(pupil_number="E0002"))
    assert "un enfant qui a un porte-monnaie" in client.get(undo_page(job)).text
    undo(client, job)

    assert [*Beneficiary.objects.values_list("pupil_number", flat=True)] == ["E0002"]
    assert Guardianship.objects.filter(user__first_name="Anne", beneficiary__pupil_number="E0002").exists()
    assert not User.objects.filter(first_name="Paul").exists()
    assert "1 enlevé, 1 laissé" in AuditEntry.objects.filter(action=Action.IMPORT_UNDONE).latest("pk").details


def test_who_was_invited_keeps_the_account(client, agent, imported):
    """The letter is on its way: its identifiant still answers."""
    job = imported(ZOE | ANNE)
    User.objects.filter(first_name="Anne").update(access_code_at=timezone.now())
    undo(client, job)

    assert User.objects.filter(first_name="Anne").exists()
    assert Beneficiary.objects.filter(pupil_number="E0002").exists()


def test_a_stranger_linked_by_the_wrong_file_sees_the_child_no_more(client, agent, imported):
    child = make_beneficiary(pupil_number="E0001", first_name="Lina", last_name="MARTIN", grade="5")
    stranger = make_user(first_name="Anne", last_name="MARTIN", email="anne@famille.example")
    stranger.email_confirmed_at = timezone.now()
    stranger.save(update_fields=["email_confirmed_at"])
    job = imported(LINA | ANNE)
    assert stranger.accessible_children == [child]
    undo(client, job)

    assert not Guardianship.objects.filter(user=stranger).exists()
    assert User.objects.filter(pk=stranger.pk).exists()


def test_a_guardian_who_made_tickets_since_stays(client, agent, imported):
    child = make_beneficiary(pupil_number="E0001", first_name="Lina", last_name="MARTIN", grade="5")
    parent = make_user(first_name="Anne", last_name="MARTIN", email="anne@famille.example")
    parent.email_confirmed_at = timezone.now()
    parent.save(update_fields=["email_confirmed_at"])
    job = imported(LINA | ANNE)
    make_ticket(wallet=make_wallet(beneficiary=child), actor=parent)
    undo(client, job)

    assert Guardianship.objects.filter(user=parent, beneficiary=child).exists()


def test_a_column_that_was_changed_since_stays(client, agent, imported):
    make_beneficiary(pupil_number="E0001", first_name="Lyna", last_name="MARTIN", birth_year=BIRTH, grade="6")
    job = imported(LINA | ANNE)
    Beneficiary.objects.update(grade="4")
    undo(client, job)

    child = Beneficiary.objects.get()
    assert (child.first_name, child.grade) == ("Lyna", "4")


def test_what_a_later_import_took_up_stays(client, agent, imported):
    job = imported(ZOE | ANNE)
    imported(ZOE | ANNE | {"Niveau": "4e"})
    undo(client, job)

    assert Beneficiary.objects.get().grade == "4"


def test_a_large_one_takes_two_agents_and_is_typed(client, agent, imported, settings, monkeypatch, enter):
    settings.SECOND_AGENT = True
    monkeypatch.setattr("backoffice.imports.undoing.act.MANY", 2)
    job = imported(ZOE | ANNE)
    said = {"reason": "Mauvais fichier", "seen": client.get(undo_page(job)).context["seen"]}
    client.post(undo_page(job), said | {"typed": "autre chose"})
    assert not Proposal.objects.exists()
    client.post(undo_page(job), said | {"typed": job.name})
    work()
    assert (Proposal.objects.count(), Beneficiary.objects.count()) == (1, 1)

    enter(make_manager())
    client.post(undo_page(job), {"step": "confirm", "typed": job.name})
    work()
    assert Beneficiary.objects.count() == 0


def test_one_row_for_a_table(refused_by, agent, imported):
    job = imported(ZOE | ANNE)
    with refused_by("backoffice_writtenrows_once"):
        WrittenRows.objects.create(job=job, model="accounts.user")


def test_the_page_of_an_import_offers_it_while_it_is_known(client, agent, imported):
    job = imported(ZOE | ANNE)
    page = reverse("admin:backoffice_import_change", args=[job.pk])
    assert "Annuler cet import" in client.get(page).text
    Import.objects.update(seen_at=timezone.now() - dt.timedelta(days=8))
    assert "Annuler cet import" in client.get(page).text


def test_where_nothing_can_be_taken_back_the_act_is_not_offered(client, agent, imported):
    """It was run, did nothing, and the import was « annulé » for ever."""
    job = imported(ZOE | ANNE | {"UAI": "0920001X"})
    make_wallet(beneficiary=Beneficiary.objects.get(pupil_number="E0002"))
    audit.record(action=Action.CHANGED, subject=School.objects.get(), reason="", actor=agent)

    page = client.get(undo_page(job), follow=True).text
    assert "tout ce qu’il a écrit a servi depuis" in page
    assert jobs.undo(import_id=job.pk, reason="Formulaire gardé", actor=agent)
    work()
    job.refresh_from_db()
    assert (job.stage, "rien n’est changé" in job.report["not_undone"]) == (Stage.DONE, True)
    assert not AuditEntry.objects.filter(action=Action.IMPORT_UNDONE).exists()


def test_a_college_that_an_agent_changed_since_stays(client, agent, imported):
    job = imported(ZOE | ANNE | {"UAI": "0920003B"})
    audit.record(action=Action.CHANGED, subject=School.objects.get(), reason="", actor=agent)
    undo(client, job)

    assert (School.objects.count(), Beneficiary.objects.count()) == (1, 0)
