"""The three selects: on a slow line, before their script, after the session."""

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import Visitors
from .steps import go_on, log_in, menu

pytestmark = pytest.mark.journey

SLOW_LINE = {"offline": False, "latency": 1_000, "downloadThroughput": -1, "uploadThroughput": -1}


@pytest.fixture
def page(visit: Visitors) -> Page:
    """Garance has to say where she goes."""
    page = visit()
    log_in(page, "garance.test")
    menu(page, "Loisirs", "Effectuer une transaction")
    go_on(page)
    return page


def choose(page: Page, label: str, choice: str) -> None:
    page.get_by_label(f"{label} de l’organisme").select_option(label=choice)


def test_a_choice_made_before_the_answer_to_the_last_one_is_kept(page: Page):
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_LINE)
    choose(page, "Commune", "Antony")
    choose(page, "Activités", "culturelle")
    expect(page.get_by_label("Nom de l’organisme")).to_be_enabled()
    expect(page.get_by_label("Activités de l’organisme")).to_have_value("culture")


# In one look: by a second one the lists may have come.
AWAITED = """() => {
  const block = document.querySelector("[aria-busy=true]");
  const told = document.querySelector("form[data-narrow] output");
  const isSaid = told.value === "Les listes arrivent…" && told.checkVisibility();
  return block && isSaid && getComputedStyle(block).opacity;
}"""


def test_on_a_slow_line_a_word_says_what_is_awaited(page: Page):
    """family.md 39: the whole form paled for as long as the network took, and nothing was said."""
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_LINE)
    told = page.get_by_text("Les listes arrivent…")
    expect(told).to_be_hidden()
    choose(page, "Commune", "Antony")
    assert page.wait_for_function(AWAITED).json_value() == "1"
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    expect(told).to_be_hidden()


def test_the_list_in_use_is_not_replaced_under_the_fingers(page: Page):
    """It would forget the letters typed so far: « An » would lead to Nanterre."""
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("main").get_by_role("alert")).to_be_focused()
    commune = page.get_by_label("Commune de l’organisme").element_handle()
    commune.focus()
    with page.expect_response("**/organisme/?*"):
        page.keyboard.type("A")
    expect(page.locator("[aria-busy=true], [aria-invalid=true], .errorlist")).to_have_count(0)
    assert commune.evaluate("select => select.isConnected && select === document.activeElement")


def test_what_was_chosen_before_the_script_came_narrows_too(page: Page):
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/pass*.js", hold)
    page.goto(page.url, wait_until="commit")
    choose(page, "Commune", "Antony")
    choose(page, "Activités", "culturelle")
    expect(page.get_by_label("Nom de l’organisme")).to_be_disabled()
    for route in held:
        route.continue_()
    expect(page.get_by_label("Nom de l’organisme")).to_be_enabled()


def test_the_session_that_has_ended_meanwhile_is_said_on_a_page_of_its_own(page: Page):
    page.context.clear_cookies()
    choose(page, "Commune", "Antony")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du sport et de la culture, toute l’année.")
    expect(page.get_by_label("Nom de l’organisme")).to_have_count(0)
