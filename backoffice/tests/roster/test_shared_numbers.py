"""Two children of one file under one number: neither line is done, and both are shown."""

import pytest

from accounts.models import Beneficiary
from backoffice.models import Sort
from backoffice.tests.imports.importing import bring as bring_file
from backoffice.tests.imports.importing import confirm, make_manager, work
from partners.tests.factories import make_commune

from .rosters import ANNE, LINA, bring, outcome, plan, roster

pytestmark = pytest.mark.django_db
LEO = LINA | {"Prénom": "Léo"}
MIA = LINA | {"Numéro d’élève": "E0002", "Prénom": "Mia"}


def test_twins_who_have_one_number():
    """The first was created, the second refused as « le même élève »."""
    made = plan(LINA | ANNE, MIA | ANNE, LEO | ANNE)

    told = (
        "Plusieurs enfants ont le numéro E0001\N{NO-BREAK SPACE}: Lina MARTIN (ligne 2), "
        "Léo MARTIN (ligne 4). Donnez à chacun le sien."
    )
    assert made.refused == [(2, told), (4, told)]
    assert [row.cells["Prénom"] for row in made.refused_rows] == ["Lina", "Léo"]
    assert [change.name for change in made.created] == ["Mia MARTIN"]
    assert b"Lina" in made.refused_lines()


@pytest.mark.parametrize(
    "said",
    [
        *({}, {"Prénom": "LINA"}, {"Prénom": "Lina Rose"}, {"Niveau": "4e"}),
        {"Prénom": "Martin", "Nom": "Lina"},
    ],
)
def test_the_same_child_twice_is_said_as_before(said):
    made = plan(LINA | ANNE, LINA | ANNE | said)

    assert outcome(made) == [1, 0, 0, 1]
    assert made.refused[0][1] == "C’est le même élève qu’à la ligne 2."


def test_of_one_who_is_there_nothing_changes():
    bring(LINA | ANNE)

    assert outcome(plan(LINA | ANNE, LEO | ANNE)) == [0, 0, 0, 2]
    assert outcome(plan(LINA | ANNE | {"Niveau": "4e"}, LEO | ANNE)) == [0, 0, 0, 2]


def test_the_child_stays_enrolled_whichever_line_it_is():
    bring(LINA | ANNE)
    bring(LINA | ANNE, LEO | ANNE, complete=True)

    assert Beneficiary.objects.get().is_enrolled


def test_a_first_line_that_is_refused_keeps_its_reason_too():
    (_, first), (_, second) = plan(LINA | {"Niveau": "CM2"}, LEO | ANNE).refused

    assert first.startswith("Le niveau CM2")
    assert all("Plusieurs enfants ont le numéro" in why for why in (first, second))


def test_three_lines_of_which_two_are_one_child():
    made = plan(LINA | ANNE, LINA | ANNE, LEO | ANNE)

    assert outcome(made) == [0, 0, 0, 3]
    assert [len(beside) for beside in made.refused_beside.values()] == [2, 2, 2]


def test_what_is_read_is_the_same_each_time():
    lines = (LINA | ANNE, MIA | ANNE, LEO | ANNE)

    assert plan(*lines).fingerprint() == plan(*lines).fingerprint()


def test_the_page_shows_the_two_side_by_side(client, enter):
    make_commune("92002", "Antony")
    make_commune("92071", "Sceaux")
    enter(make_manager())
    content = roster(LINA | ANNE, LEO | ANNE, MIA | ANNE)
    page = bring_file(client, content, sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    response = client.get(page, {"lignes": "refuse"})
    first, second = response.context["lines"].lines

    assert (first.is_to_choose, second.is_to_choose) == (False, False)
    rows = {label: (mine, theirs[0].text, theirs[0].differs) for label, mine, theirs in first.beside[0].rows}
    assert first.beside[0].others == ["Léo MARTIN, ligne 3\N{NO-BREAK SPACE}: même numéro"]
    assert rows["Prénom"] == ("Lina", "Léo", True)
    assert rows["Nom"] == ("MARTIN", "MARTIN", False)
    # Nothing is to be chosen.
    confirm(client, page)
    work()
    assert [*Beneficiary.objects.values_list("first_name", flat=True)] == ["Mia"]
