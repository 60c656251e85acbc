"""Somebody goes away from the screen: the session warns, can be prolonged, and ends. Here it lasts 12 s."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.demonstration import PASSWORD
from demo import trial

from .conftest import Visitors
from .steps import go_on, log_in

pytestmark = pytest.mark.journey


@pytest.fixture
def site(start: Path, tmp_path: Path) -> Iterator[str]:
    with trial.serve(start, tmp_path, TRIAL_SESSION_IDLE="12") as address:
        yield address


def question(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Êtes-vous toujours là ?")


def test_it_warns_can_be_prolonged_and_ends(visit: Visitors):
    page = visit()
    log_in(page, "garance.test")
    page.get_by_role("main").get_by_role("link", name="Mes transactions").click()
    where = page.url
    before = page.get_by_label("Afficher mes tickets annulés")
    before.focus()
    expect(question(page)).to_be_visible()
    expect(question(page).get_by_role("button", name="Rester connecté")).to_be_focused()

    page.keyboard.press("Enter")
    expect(question(page)).to_be_hidden()
    expect(before).to_be_focused()
    expect(question(page)).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("la connexion s’est fermée")

    page.get_by_label("Identifiant").fill("garance.test")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    go_on(page, "Connexion")
    page.wait_for_url(where)


def test_an_answer_in_one_tab_is_one_for_all(visit: Visitors):
    page = visit()
    log_in(page, "garance.test")
    expect(page.get_by_role("banner")).to_contain_text("Connecté sous")
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        expect(question(tab)).to_be_visible()
    question(other).get_by_role("button", name="Rester connecté").click()
    for tab in (other, page):
        expect(question(tab)).to_be_hidden()

    expect(question(page)).to_be_visible()
    question(page).get_by_role("button", name="Me déconnecter").click()
    expect(page.get_by_role("heading", name="Déjà inscrit ?")).to_be_visible()


def test_escape_is_an_answer_too(visit: Visitors):
    page = visit()
    log_in(page, "garance.test")
    expect(question(page)).to_be_visible()
    with page.expect_response("**/session/prolonger/") as answer:
        page.keyboard.press("Escape")
    assert answer.value.status == 204
    expect(question(page)).to_be_hidden()


def test_who_stays_connected_is_never_asked(visit: Visitors):
    page = visit()
    log_in(page, "garance.test", stay=True)
    expect(page.get_by_role("banner")).to_contain_text("Connecté sous")
    expect(page.locator("#session-end")).to_have_count(0)


def test_without_javascript_the_end_explains_itself(visit: Visitors):
    page = visit(javascript=False)
    log_in(page, "garance.test")
    expect(page.get_by_role("banner")).to_contain_text("Connecté sous")
    page.wait_for_timeout(12_500)
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("la connexion s’est fermée")
