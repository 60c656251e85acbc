"""Who is like somebody is shown side by side, and an agent chooses before anybody is created."""

import pytest

from accounts.models import Beneficiary, User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.imports import choices, jobs
from backoffice.imports.choices import LikenessWaits, NotToBeChosenNow
from backoffice.models import Choice, Sort, Stage, Verdict
from backoffice.tests.roster.rosters import ANNE, LINA, guardian, roster

from .importing import bring, choose, confirm, make_manager, take, work
from .whole_lists import enrolled, only, whole_list

pytestmark = pytest.mark.django_db
# Who is there is E0001.
LIKE_LINA = LINA | {"Numéro d’élève": "E0002", "Niveau": "4e"} | ANNE


@pytest.fixture
def page(client, agent, staying):
    page = bring(client, roster(LIKE_LINA), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    return page


def choice():
    return only().lines.get(number=2).choice


def test_the_two_are_shown_side_by_side_and_nothing_is_preset(client, page):
    """admin.md 40, 70: « 1 créé », not a word."""
    response = client.get(page)
    [beside] = response.context["lines"].lines[0].beside

    assert beside.others == [
        "ressemble à Lina MARTIN (numéro E0001)\N{NO-BREAK SPACE}: même nom, même année, même collège"
    ]
    rows = {label: (mine, theirs[0].text, theirs[0].differs) for label, mine, theirs in beside.rows}
    assert rows["numéro d’élève"] == ("E0002", "E0001", True)
    assert rows["niveau"] == ("4e", "5e", True)
    assert rows["prénom"] == ("Lina", "Lina", False)
    assert rows["collège"][2] is False
    assert "checked" not in response.text


def test_nothing_is_confirmed_while_one_waits(client, page):
    assert "attendent votre choix" in confirm(client, page).text
    job = only()
    assert job.stage == Stage.READY
    with pytest.raises(LikenessWaits):
        jobs.confirm(import_id=job.pk, as_read=choices.as_read(job), reason="x", actor=job.owner)


def test_somebody_else_is_created(client, page):
    choose(client, page, **{"choix-2": "create"})
    confirm(client, page)
    work()

    assert Beneficiary.objects.filter(pupil_number="E0002").exists()
    assert "C’est quelqu’un d’autre, a dit un agent." in client.get(page).text


def test_of_the_same_one_nothing_is_created_and_the_line_is_told_as_left(client, page):
    chosen = choose(client, page, **{"choix-2": "leave"}).text.replace("\N{NO-BREAK SPACE}", " ")
    assert ">1 laissé</button>" in chosen
    assert "0 créé, 0 modifié, 0 inchangé, 0 refusé, 1 laissé" in chosen
    confirm(client, page)
    work()

    assert Beneficiary.objects.count() == 1
    assert not User.objects.filter(last_name="MARTIN", is_staff=False, email="anne@famille.example").exists()
    line = only().lines.get()
    assert (line.verdict, line.choice) == (Verdict.LEFT, Choice.LEAVE)
    assert "Laissée\N{NO-BREAK SPACE}: ressemble à Lina MARTIN (numéro E0001)" in client.get(page).text
    assert "1 laissé" in only().report["told"]


def test_all_that_wait_are_created_by_one_button_and_what_was_chosen_stays(client, agent, staying):
    lines = [LIKE_LINA | {"Numéro d’élève": f"E000{number}"} for number in (2, 3, 4)]
    page = bring(client, roster(*lines), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    choose(client, page, **{"choix-3": "leave"})
    assert "Créer tout ce qui reste (2)" in client.get(page).text
    choose(client, page, all="")

    assert [*only().lines.values_list("choice", flat=True)] == ["create", "leave", "create"]
    confirm(client, page)
    work()
    assert {*Beneficiary.objects.values_list("pupil_number", flat=True)} == {"E0001", "E0002", "E0004"}


def test_a_guardian_is_shown_beside_the_account_that_it_is_like(client, agent):
    make_user("paul.nguyen", first_name="Paul", last_name="Nguyen", email="p@famille.example")
    said = guardian(last_name="Paul", first_name="NGUYEN", email="p@famille.example")
    page = bring(client, roster(LINA | said), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    [beside] = client.get(page).context["lines"].lines[0].beside

    rows = {label: (mine, theirs[0].text, theirs[0].differs) for label, mine, theirs in beside.rows}
    assert beside.title == "Responsable légal nouveau\N{NO-BREAK SPACE}: NGUYEN Paul"
    assert rows["nom"] == ("Paul", "Nguyen", True)
    assert rows["e-mail"] == ("p@famille.example", "p@famille.example", False)
    assert rows["identifiant"] == ("", "paul.nguyen", False)


def test_of_another_line_its_columns_are_shown(client, agent):
    lines = [LIKE_LINA, LIKE_LINA | {"Numéro d’élève": "E0003", "Niveau": "3e"}]
    page = bring(client, roster(*lines), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    second = client.get(page, {"lignes": "a-choisir"}).context["lines"].lines[0]

    rows = {label: (mine, theirs[0].text) for label, mine, theirs in second.beside[0].rows}
    assert (second.row.number, rows["niveau"]) == (3, ("3e", "4e"))


@pytest.mark.parametrize("value", ["perhaps", "waiting", ""])
def test_another_word_chooses_nothing(client, page, value):
    choose(client, page, **{"choix-2": value, "choix-x": "create", "choix-99999999": "create"})

    assert choice() == Choice.WAITING


def test_a_line_that_is_like_nobody_is_not_chosen_for(client, agent):
    bring(client, roster(LINA | ANNE), sort=Sort.ROSTER)
    work()
    take(leave=[2])

    assert choice() == Choice.NONE


def test_who_read_other_choices_confirms_nothing(client, page):
    job = only()
    read = take(create=[2])
    take(leave=[2])

    assert jobs.confirm(import_id=job.pk, as_read=read, reason="x", actor=job.owner) is None
    job.refresh_from_db()
    read = choices.as_read(job)
    assert jobs.confirm(import_id=job.pk, as_read=read, reason="x", actor=job.owner) == Stage.CONFIRMED


def test_once_it_is_confirmed_nothing_is_chosen_any_more(client, page):
    choose(client, page, **{"choix-2": "create"})
    confirm(client, page)

    assert "n’est plus à relire" in choose(client, page, **{"choix-2": "leave"}).text
    with pytest.raises(NotToBeChosenNow):
        take(create_the_rest=True)
    assert choice() == Choice.CREATE


def test_what_was_chosen_stays_where_the_base_changed_elsewhere(client, agent, staying):
    other = LIKE_LINA | {"Numéro d’élève": "E0003", "Nom": "LEROY", "Prénom": "Mia"}
    page = bring(client, roster(LIKE_LINA, other), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    choose(client, page, **{"choix-2": "leave"})
    confirm(client, page)
    make_beneficiary(
        pupil_number="E0003", last_name="LEROY", first_name="Mia", birth_year=int(LINA["Naissance"])
    )
    work()

    assert "Ce n’est plus ce que vous avez lu" in client.get(page).text
    assert choice() == Choice.LEAVE


def test_who_is_in_a_whole_list_under_another_number_stays_enrolled(client, agent, leavers, settings):
    """admin.md 40: a lost zero would strike off who is there."""
    settings.SECOND_AGENT = False
    page = whole_list(client, LIKE_LINA)
    assert "4 désinscrits" in client.get(page).text
    chosen = choose(client, page, **{"choix-2": "leave"}).text
    assert "3 désinscrits" in chosen
    assert "une ligne est d’eux sous un autre numéro" in chosen

    confirm(client, page, number=4)
    assert only().stage == Stage.READY
    confirm(client, page, number=3)
    work()
    assert enrolled() == {"E0001"}
    assert only().struck_off.count() == 3


def test_a_second_agent_reads_what_the_first_one_chose(client, agent, leavers, enter):
    page = whole_list(client, LIKE_LINA)
    choose(client, page, **{"choix-2": "leave"})
    confirm(client, page, number=3)
    assert only().stage == Stage.PROPOSED
    enter(make_manager())
    assert "1 laissé" in client.get(page).text.replace("\N{NO-BREAK SPACE}", " ")
    confirm(client, page, number=3)
    work()

    assert enrolled() == {"E0001"}
