"""Where many leave, a second agent confirms."""

import pytest
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from backoffice.imports import choices, jobs
from backoffice.models import Sort, Stage
from backoffice.tests.roster.rosters import ANNE, LINA, roster

from .importing import bring, confirm, make_import, make_manager, undo, work
from .whole_lists import enrolled, only, whole_list

pytestmark = pytest.mark.django_db


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

    assert jobs.confirm_second(import_id=job.pk, as_read=choices.as_read(job), actor=agent) is None
    assert (
        jobs.confirm(import_id=job.pk, as_read=choices.as_read(job), reason="x", actor=make_manager()) is None
    )


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

    undo(client, only())
    assert enrolled() == {"E0001", "P0000", "P0001", "P0002"}
