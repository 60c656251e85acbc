"""What an agent chooses on the page of an import is kept, whichever button or way is pressed there."""

import pytest

from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.models import Choice, Contacts, Sort, Stage
from backoffice.tests.roster.rosters import ANNE, BIRTH, LINA, guardian, roster

from .importing import bring, choose, confirm, make_manager, mark_of, work
from .whole_lists import only, whole_list

pytestmark = pytest.mark.django_db
# Who is there is E0001.
LIKE_LINA = [LINA | {"Numéro d’élève": f"E000{number}", "Niveau": "4e"} | ANNE for number in (2, 3, 4)]
ELSEWHERE = "D’autres choix ont été faits entre-temps"


@pytest.fixture
def page(client, agent, staying):
    """Of three lines that are like somebody who is there."""
    page = bring(client, roster(*LIKE_LINA), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    return page


def chosen():
    return [*only().lines.order_by("number").values_list("choice", flat=True)]


def pupils():
    return {*Beneficiary.objects.values_list("pupil_number", flat=True)}


def test_what_is_chosen_comes_along_with_the_button_that_imports(client, page):
    """The fresh-eyes trial: choices that were not kept first were lost, without a word."""
    confirm(client, page, **{"choix-2": "create", "choix-3": "leave", "choix-4": "create"})
    assert only().stage == Stage.CONFIRMED
    work()

    assert chosen() == ["create", "leave", "create"]
    assert pupils() == {"E0001", "E0002", "E0004"}


def test_a_tick_comes_along_too(client, agent):
    anne = make_user("anne", first_name="Anne", last_name="MARTIN", email="anne@famille.example")
    make_beneficiary(anne, pupil_number="E0001", first_name="Lina", last_name="MARTIN", birth_year=BIRTH)
    said = guardian(last_name="MARTIN", first_name="Anne", email="neuve@famille.example")
    page = bring(client, roster(LINA | said), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    confirm(client, page, shown="2", coordonnees="2")
    assert only().lines.get().contacts == Contacts.ASKED
    work()

    anne.refresh_from_db()
    assert anne.email == "neuve@famille.example"


def test_where_one_still_waits_the_others_and_the_reason_are_kept(client, page):
    response = confirm(client, page, reason="Rentrée 2026", **{"choix-2": "leave"})

    assert "attendent votre choix" in response.text
    assert (only().stage, chosen()) == (Stage.READY, ["leave", "waiting", "waiting"])
    assert 'value="Rentrée 2026"' in response.text


def test_where_the_reason_is_missing_the_choices_are_kept(client, page):
    response = confirm(
        client, page, reason="", **{"choix-2": "create", "choix-3": "create", "choix-4": "leave"}
    )

    assert "Ce champ est obligatoire" in response.text
    assert (only().stage, chosen()) == (Stage.READY, ["create", "create", "leave"])
    # By the page that came of it: nobody has to begin again.
    as_read = response.context["adminform"].form["as_read"].value()
    client.post(page, {"reason": "Rentrée", "as_read": as_read})
    assert only().stage == Stage.CONFIRMED


def test_how_many_leave_is_counted_with_what_is_chosen(client, agent, leavers, settings):
    settings.SECOND_AGENT = False
    page = whole_list(client, LIKE_LINA[0])
    assert "pas le nombre" in confirm(client, page, number=4, **{"choix-2": "leave"}).text
    assert chosen() == ["leave"]
    confirm(client, page, number=3)

    assert only().stage == Stage.CONFIRMED


@pytest.mark.parametrize("button", ["all", "ask_all", "ask_none"])
def test_a_button_for_all_turns_no_choice_round(client, page, button):
    """« Créer tout ce qui reste » made what the agent had just left."""
    choose(client, page, **{"choix-3": "leave", button: ""})
    expected = "create" if button == "all" else "waiting"

    assert chosen() == [expected, "leave", expected]


def test_a_way_to_other_lines_keeps_the_choices_of_these(client, page):
    read = client.get(page)
    assert 'name="go" value="?lignes=a-choisir#lines"' in read.text
    response = choose(
        client, page, go="?lignes=laisse&page=1#lines", reason="Rentrée", **{"choix-2": "leave"}
    )

    assert response.redirect_chain[-1][0] == f"{page}?lignes=laisse&page=1#lines"
    assert [line.row.number for line in response.context["lines"].lines] == [2]
    assert 'value="Rentrée"' in response.text


@pytest.mark.parametrize(
    "go", ["https://ailleurs.example/", "//ailleurs.example", "?next=//ailleurs.example"]
)
def test_a_way_leads_nowhere_else(client, page, go):
    assert choose(client, page, go=go).redirect_chain[-1][0] == f"{page}#lines".replace("#lines", "?#lines")


def test_of_lines_without_a_choice_the_ways_are_links(client, agent):
    page = bring(client, roster(LINA | ANNE), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    read = client.get(page).text

    assert '<a href="?lignes=toutes#lines">' in read
    assert 'name="go"' not in read
    assert "Garder ces choix" not in read


@pytest.mark.parametrize("button", ["choix", "importer"])
def test_a_page_that_is_out_of_date_chooses_nothing_and_says_so(client, page, enter, button):
    """Two agents, or two windows."""
    mark = mark_of(client, page)
    enter(make_manager())
    choose(client, page, **{"choix-2": "create"})
    late = {"as_read": mark, "choix-2": "leave", "choix-3": "leave", "choix-4": "leave"}
    response = choose(client, page, **late) if button == "choix" else confirm(client, page, **late)

    assert ELSEWHERE in response.text
    assert (only().stage, chosen()) == (Stage.READY, ["create", "waiting", "waiting"])


def test_who_comes_back_by_the_browser_reads_again(client, page):
    """« Précédent » shows the page as it was; what it says is what was chosen."""
    mark = mark_of(client, page)
    said = {"choix-2": "create", "choix-3": "create", "choix-4": "create"}
    choose(client, page, **said)
    response = confirm(client, page, as_read=mark, **said)

    assert "n’est plus ce que vous avez lu" in response.text
    assert only().stage == Stage.READY


def test_a_double_click_says_nothing_wrong_and_imports_once(client, page):
    said = {"as_read": mark_of(client, page), "choix-2": "leave"}
    choose(client, page, **said)
    assert ELSEWHERE not in choose(client, page, **said).text
    assert only().choices_made == 1

    said = {"choix-3": "create", "choix-4": "create", "as_read": mark_of(client, page)}
    confirm(client, page, **said)
    assert "n’est plus à relire" in confirm(client, page, **said).text
    assert (only().stage, only().choices_made) == (Stage.CONFIRMED, 2)
    work()
    assert pupils() == {"E0001", "E0003", "E0004"}
    assert chosen() == [Choice.LEAVE, Choice.CREATE, Choice.CREATE]
