"""Who would no longer be enrolled is shown."""

import pytest
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from accounts.models import School
from accounts.tests.factories import make_beneficiary

from .whole_lists import only, whole_list

pytestmark = pytest.mark.django_db


def test_the_page_says_how_many_of_how_many_of_which_colleges_and_who(client, agent, leavers):
    """admin.md 41: 40,044 children were the fifth number of a line."""
    page = whole_list(client)

    read = client.get(page).text
    for told in (
        "3 enfants sur 4 inscrits (75,0\N{NO-BREAK SPACE}%)",
        '<th scope="row">Lakanal (0920002A)</th><td>2</td><td>2</td>',
        "Recopiez le nombre",
        "P0002",
    ):
        assert told in read
    assert (
        "Aucune ligne du fichier n’est de ces collèges\N{NO-BREAK SPACE}: Lakanal (0920002A), 2 inscrits."
        in read
    )
    names = client.get(f"{page.replace('change/', '')}desinscrits/".replace("//", "/"))
    text = b"".join(names.streaming_content).decode("utf-8-sig")
    assert [line.split(";")[0] for line in text.splitlines()[1:]] == ["P0000", "P0001", "P0002"]


def test_of_many_colleges_the_first_ten_are_in_sight(client, agent, staying):
    """admin.md 41, its kind: 47 collèges filled the screen, and what to do was below."""
    for number in range(47):
        uai = f"09210{number:02}Z"
        School.objects.create(uai=uai, name=f"Collège {number:02}", insee_code="92071")
        make_beneficiary(school_id=uai)
    read = client.get(whole_list(client)).text

    told = read[read.index("Aucune ligne du fichier") : read.index("Manque-t-il un fichier")]
    before, _, folded = told.partition("<details>")
    assert before.count("1 inscrit\N{NO-BREAK SPACE};") == 9
    assert folded.startswith("<summary>et 37 autres collèges</summary>")
    assert "Collège 46 (0921046Z), 1 inscrit" in folded
    assert read.count("et 37 autres collèges") == 2


def test_that_their_names_were_taken_is_in_the_journal(client, agent, leavers):
    """security.md F10, code.md 3.8, their kind: a spreadsheet of children left no line."""
    whole_list(client)
    client.get(reverse("admin:backoffice_import_struck_off", args=[only().pk]))

    [line] = AuditEntry.objects.filter(action=Action.EXPORTED)
    assert (line.actor, line.details) == (agent, "3 lignes")
    assert only().name in line.subject


def test_without_a_college_that_is_missing_nothing_is_said(client, agent, staying):
    make_beneficiary(pupil_number="P0001")

    assert "Aucune ligne du fichier" not in client.get(whole_list(client)).text
