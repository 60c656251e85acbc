"""How pages are composed: what stands beside what, how high, how wide."""

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from .conftest import FullHouse, Visitors
from .steps import PHONE, choose_child, choose_partner, fill_ticket, go_on, go_to_paper, log_in, menu, pick

pytestmark = pytest.mark.journey

DESK, TABLET = 1280, 768
SCREEN = 812
# How many lines the words of an element take.
LINES = """part => {
  const range = document.createRange();
  range.selectNodeContents(part);
  return range.getClientRects().length;
}"""


def box(part: Locator) -> FloatRect:
    found = part.bounding_box()
    assert found, part
    return found


@pytest.mark.parametrize("width", [320, PHONE])
@pytest.mark.parametrize("username", ["garance.test", "parent.test"])
def test_the_header_leaves_a_telephone_to_the_page(look: Visitors, username: str, width: int):
    """family.md 33: 151 pixels before any content."""
    page = look(width=width)
    log_in(page, username)
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    assert box(page.get_by_role("banner"))["height"] < 110


def test_the_home_of_a_new_family_is_three_screens(visit: Visitors):
    """family.md 31: five and a half, for two wallets that nobody used yet."""
    page = visit(width=PHONE)
    log_in(page, "garance.test")
    expect(page.get_by_role("heading", name="Sport : près de chez vous")).to_be_visible()

    assert page.evaluate("document.scrollingElement.scrollHeight") <= 3 * SCREEN


@pytest.mark.parametrize("width", [TABLET, DESK])
def test_the_two_balances_are_level(visit: Visitors, width: int):
    """family.md 32: « Porte-monnaie Culture » fell below its icon, « Sport » stayed beside it."""
    page = visit(width=width)
    log_in(page, "garance.test")
    names, balances = (page.locator(f"main .wallet__{part}").all() for part in ("name", "left"))

    for pair in (names, balances):
        one, other = map(box, pair)
        assert (one["y"], one["height"]) == (other["y"], other["height"])


def test_the_menu_stays_while_the_children_are_shown(visit: Visitors):
    """family.md 15: the whole bar disappeared."""
    page = visit(width=DESK)
    log_in(page, "parent.test")
    page.get_by_role("banner").get_by_text("Connecté sous").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Garance TEST CD 92")).to_be_visible()

    for name in ("Géolocalisation des partenaires", "Actualités"):
        page.get_by_role("navigation", name="Menu principal").get_by_role("link", name=name).click(trial=True)


def column(page: Page) -> tuple[float, float]:
    """Where the form of this step begins, and how wide it is; its titles begin there too."""
    card = box(page.locator("main > .form"))
    for title in page.locator("main > :is(h1, .step)").all():
        assert box(title)["x"] == card["x"]
    assert abs(card["x"] - (DESK - card["x"] - card["width"])) <= 16
    return card["x"], card["width"]


def test_a_path_is_one_column(visit: Visitors):
    """family.md 34: cards against the left edge, whose width jumped from one step to the next."""
    page = visit(width=DESK)
    log_in(page, "garance.test")
    menu(page, "Loisirs", "Effectuer une transaction")
    columns = [column(page)]
    said = [page.locator(".step").inner_text()]
    go_on(page)
    columns.append(column(page))
    said.append(page.locator(".step").inner_text())
    choose_partner(page, "Antony", "culturelle", "MAITRISE STE MARIE D ANTONY")
    columns.append(column(page))
    said.append(page.locator(".step").inner_text())
    go_to_paper(page)
    columns.append(column(page))
    pick(page, "Je souhaite créer un ticket sur le porte-monnaie Culture")
    go_on(page)
    columns.append(column(page))

    assert len(set(columns)) == 1
    assert [step[:13] for step in said] == ["Étape 1 sur 3", "Étape 2 sur 3", "Étape 3 sur 3"]


def test_a_step_says_the_path_above_its_title(visit: Visitors):
    """family.md 34, 47: the name of the path was a title on one step, grey on the next, gone on the last."""
    page = visit(width=DESK)
    log_in(page, "garance.test")
    go_to_paper(page)
    path = page.locator(".step")
    expect(path).to_have_text("Étape 2 sur 3 · Effectuer une transaction par ticket papier (non affecté)")
    expect(page.get_by_role("heading", level=1)).to_have_text("Création de ticket :")
    pick(page, "Je souhaite créer un ticket sur le porte-monnaie Culture")
    go_on(page)
    expect(path).to_have_text("Étape 3 sur 3 · Effectuer une transaction par ticket papier (non affecté)")
    page.get_by_label("Montant du ticket").fill("10")
    go_on(page, "Créer le ticket")
    expect(path).to_have_text("Création d’un ticket Culture")

    menu(page, "Loisirs", "Effectuer une transaction")
    go_on(page)
    choose_partner(page, "Antony", "culturelle", "MAITRISE STE MARIE D ANTONY")
    fill_ticket(page, "10")
    go_on(page, "Valider le ticket")
    expect(path).to_have_text("Effectuer une transaction par ticket affectée à un organisme")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_address_is_cut_amid_a_word(look: Visitors, width: int):
    """family.md 35: « parent.test@passplus.examp/le », in a column of which two thirds were empty."""
    page = look(width=width)
    log_in(page, "parent.test")
    page.goto("/mon-compte/")
    address = page.get_by_text("parent.test@passplus.example", exact=True)

    assert address.evaluate(LINES) == 1


def test_the_button_of_a_search_stands_beside_its_fields(look: Visitors, full_house: FullHouse):
    """family.md 36: « Rechercher » was alone on a row, and « Chercher » as wide as its field."""
    page = look(width=DESK)
    for path, field, button in (
        ("/partenaires/", "Commune", "Rechercher"),
        ("/aide/", "Votre question", "Chercher"),
    ):
        page.goto(path)
        searched, send = (
            box(page.get_by_label(field, exact=True)),
            box(page.get_by_role("button", name=button, exact=True)),
        )
        assert searched["y"] + searched["height"] == send["y"] + send["height"]
        assert send["x"] > searched["x"] + searched["width"]
        assert send["width"] < searched["width"] / 2


def test_a_child_is_chosen_from_the_header(visit: Visitors):
    """The list lies over the page, and leads where it says."""
    page = visit(width=DESK)
    log_in(page, "parent.test")
    choose_child(page, "Garance TEST CD 92")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Garance")
