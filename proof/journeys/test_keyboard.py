"""The whole guide with the keyboard alone: where the focus is at each step, and that it can be seen."""

import pytest
from playwright.sync_api import Page, expect

from accounts.demonstration import PASSWORD

from .conftest import Visitors
from .steps import PHONE, listed_tickets, log_in, make_ticket

pytestmark = pytest.mark.journey

# Outlined, on the screen, and nothing lies over it.
SEEN = """() => {
  const { activeElement: focused } = document;
  const { outlineStyle, outlineWidth } = getComputedStyle(focused);
  const { left, top, width, height } = focused.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  const labels = [...(focused.labels ?? [])];
  const onTop = [focused, ...labels].some((element) => element.contains(there)) || there?.contains(focused);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && Boolean(onTop);
}"""


def focused(page: Page) -> str:
    """Role and name, as a screen reader says them: « link "Aller au contenu" »."""
    said = page.locator(":focus").aria_snapshot().splitlines()[0].removeprefix("- ").removesuffix(":")
    # Of a <summary> only the text is told.
    return f'summary "{said.removeprefix("text: ")}"' if said.startswith("text: ") else said


def tab(page: Page, *names: str, back: bool = False) -> None:
    """One key press for each name, which must have the focus then."""
    for name in names:
        page.keyboard.press("Shift+Tab" if back else "Tab")
        assert name in focused(page)
        assert page.evaluate(SEEN), f"the focus on {name} cannot be seen"


def tab_to(page: Page, name: str) -> None:
    """As many key presses as it takes; all on the way have a name and can be seen."""
    for _ in range(40):
        page.keyboard.press("Tab")
        here = focused(page)
        assert '"' in here, f"{here} has no name"
        assert page.evaluate(SEEN), f"the focus on {here} cannot be seen"
        if name in here:
            return
    pytest.fail(f"no Tab leads to {name}")


def press_enter(page: Page, heading: str) -> None:
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def skip_to_content(page: Page) -> None:
    tab(page, 'link "Aller au contenu"')
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def choose(page: Page, typed: str, choice: str) -> None:
    """In a list, by its first letters. What comes from the server leaves the focus where it is."""
    name = focused(page)
    page.keyboard.type(typed)
    expect(page.locator(":focus").locator("option:checked")).to_have_text(choice)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert focused(page) == name


def from_the_menu(page: Page, entry: str, heading: str) -> None:
    page.goto(page.url.partition("#")[0])
    tab_to(page, "Loisirs")
    page.keyboard.press("Enter")
    tab_to(page, f'link "{entry}"')
    press_enter(page, heading)


def test_the_guide(visit: Visitors):
    page = visit()
    come_in(page)
    choose_garance(page)
    from_the_menu(page, "Effectuer une transaction", "Effectuer une transaction")
    create_a_ticket(page)
    from_the_menu(page, "Mes transactions", "Relevé de mes transactions")
    print_it(page)
    cancel_it(page)
    from_the_menu(page, "Effectuer une transaction", "Effectuer une transaction")
    create_six_paper_tickets(page)


def come_in(page: Page) -> None:
    page.goto("/accueil/")
    skip_to_content(page)
    tab(page, 'link "Cliquez ici"', 'textbox "Identifiant')
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("alert")).to_be_focused()
    tab(page, 'link "Saisissez votre identifiant.', 'link "Saisissez votre mot de passe.')
    tab(page, 'link "Saisissez votre identifiant.', back=True)
    page.keyboard.press("Enter")
    assert 'textbox "Identifiant' in focused(page)
    page.keyboard.type("parent.test")
    tab(page, 'textbox "Mot de passe')
    page.keyboard.type(PASSWORD)
    tab(page, 'button "Afficher le mot de passe', 'checkbox "Restez connecté"')
    page.keyboard.press("Space")
    expect(page.locator(":focus")).to_be_checked()
    tab(page, 'button "Connexion"')
    press_enter(page, "Mes enfants")


def choose_garance(page: Page) -> None:
    tab_to(page, "Connecté sous")
    arrow = page.locator(":focus")
    page.keyboard.press("Enter")
    tab(page, 'link "Garance TEST CD 92"')
    page.keyboard.press("Escape")
    expect(page.get_by_role("banner").get_by_role("link", name="Garance TEST CD 92")).to_be_hidden()
    expect(arrow).to_be_focused()
    page.keyboard.press("Space")
    tab(page, 'link "Garance TEST CD 92"')
    press_enter(page, "Bonjour Garance")


def create_a_ticket(page: Page) -> None:
    skip_to_content(page)
    tab(page, 'radio "Je connais l’organisme', 'link "Annuler"', 'button "Continuer"')
    press_enter(page, "Recherche de l’organisme")
    tab_to(page, 'combobox "Commune')
    choose(page, "Antony", "Antony")
    tab(page, 'combobox "Activités')
    choose(page, "cul", "culturelle")
    tab(page, 'combobox "Nom')
    choose(page, "MAIT", "MAITRISE STE MARIE D ANTONY")
    tab_to(page, 'button "Continuer"')
    press_enter(page, "Création ticket - organisme choisi")

    tab_to(page, 'button "Valider le ticket"')
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("alert")).to_be_focused()
    tab(page, 'link "Saisissez un montant')
    page.keyboard.press("Enter")
    assert 'textbox "Montant du ticket' in focused(page)
    page.keyboard.type("50")
    tab_to(page, 'combobox "Activité')
    choose(page, "Chant", "Chant choral")
    tab_to(page, 'button "Valider le ticket"')
    page.keyboard.press("Enter")
    expect(page.get_by_text("Félicitations")).to_be_visible()

    tab_to(page, 'button "Agrandir')
    page.keyboard.press("Enter")
    close = page.get_by_role("button", name="Fermer")
    expect(close).to_be_visible()
    page.keyboard.press("Escape")
    expect(close).to_be_hidden()
    assert 'button "Agrandir' in focused(page)


def print_it(page: Page) -> None:
    tab_to(page, 'checkbox "Imprimer')
    page.keyboard.press("Space")
    expect(page.locator(":focus")).to_be_checked()
    page.route("**/impression/?*", lambda route: route.fulfill(status=204))
    tab_to(page, 'button "Imprimer les tickets cochés"')
    with page.expect_response("**/impression/?*") as answer:
        page.keyboard.press("Enter")
    assert "ticket=" in answer.value.url
    page.unroute("**/impression/?*")


def cancel_it(page: Page) -> None:
    page.goto(page.url.partition("#")[0])
    tab_to(page, 'link "Annuler le ticket n°')
    press_enter(page, "Annuler le ticket")
    tab_to(page, 'button "Annuler le ticket"')
    press_enter(page, "Relevé de mes transactions")
    expect(page.get_by_role("status")).to_contain_text("est annulé")
    expect(listed_tickets(page)).to_have_count(0)


def create_six_paper_tickets(page: Page) -> None:
    skip_to_content(page)
    tab(page, 'radio "Je connais l’organisme')
    page.keyboard.press("ArrowDown")
    assert 'radio "Je préfère créer' in focused(page)
    expect(page.locator(":focus")).to_be_checked()
    tab_to(page, 'button "Continuer"')
    press_enter(page, "Création de ticket")
    tab_to(page, "radio ")
    while "6 tickets de 10 € sur le porte-monnaie Culture" not in focused(page).replace("\u00a0", " "):
        before = focused(page)
        page.keyboard.press("ArrowDown")
        assert focused(page) != before
    tab_to(page, 'button "Continuer"')
    page.keyboard.press("Enter")
    expect(page.get_by_text("Félicitations")).to_contain_text("Vos 6 tickets")


def test_the_menu_of_a_phone(visit: Visitors):
    page = visit(width=PHONE)
    log_in(page, "garance.test")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")
    tab_to(page, 'button "Menu"')
    page.keyboard.press("Enter")
    tab(page, 'button "Fermer"')
    tab_to(page, "Loisirs")
    page.keyboard.press("Space")
    tab(page, 'link "Suivi de mes porte-monnaie"')
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Menu principal")).to_be_hidden()
    assert 'button "Menu"' in focused(page)


def test_the_full_screen_ticket_hides_no_focus(visit: Visitors):
    """family.md 38: the second Tab went behind the square that fills the screen, and could not be seen."""
    page = visit(width=PHONE)
    log_in(page, "garance.test")
    make_ticket(page, "10")
    page.get_by_role("button", name="Agrandir").press("Enter")
    full = page.get_by_role("button", name="Fermer")
    expect(full).to_be_visible()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN)
    expect(full).to_be_hidden()

    page.get_by_role("button", name="Agrandir").press("Enter")
    expect(full).to_be_visible()
    page.keyboard.press("Escape")
    expect(full).to_be_hidden()
    expect(page.get_by_role("button", name="Agrandir")).to_be_focused()
