"""How long one stays connected."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from accounts.demonstration import PASSWORD

from .conftest import Visitors
from .steps import go_on, log_in, menu

pytestmark = pytest.mark.journey

DAY = 60 * 60 * 24
UNTIL_THE_BROWSER_CLOSES = -1


def test_stay_connected_lasts_thirty_days_and_otherwise_until_the_browser_closes(visit: Visitors):
    page = visit()
    log_in(page, "garance.test")
    assert session_end(page) == UNTIL_THE_BROWSER_CLOSES

    page = visit()
    log_in(page, "garance.test", stay=True)
    assert session_end(page) == pytest.approx(time.time() + 30 * DAY, abs=60)


def test_after_a_logout_nothing_can_be_seen_again(visit: Visitors):
    page = visit()
    log_in(page, "garance.test")
    home = page.url
    go_on(page, "Déconnexion")
    expect(page.get_by_role("heading", name="Déjà inscrit ?")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Déjà inscrit ?")).to_be_visible()
    page.goto(home)
    expect(page.get_by_role("heading", name="Déjà inscrit ?")).to_be_visible()


def test_a_new_password_ends_the_other_sessions(visit: Visitors):
    here, elsewhere = visit(), visit()
    for page in (here, elsewhere):
        log_in(page, "garance.test")
    menu(here, "Mon compte", "Mon mot de passe")
    here.get_by_label("Ancien mot de passe").fill(PASSWORD)
    here.get_by_label(re.compile("^Nouveau mot de passe")).fill("trois tulipes mauves")
    here.get_by_label("Confirmation").fill("trois tulipes mauves")
    go_on(here, "Enregistrer le mot de passe")
    expect(here.get_by_role("status")).to_contain_text("Votre mot de passe est changé.")

    elsewhere.get_by_role("main").get_by_role("link", name="Mes transactions").click()
    expect(elsewhere.get_by_role("heading", name="Déjà inscrit ?")).to_be_visible()
    menu(here, "Loisirs", "Mes transactions")
    expect(here.get_by_role("heading", name="Relevé de mes transactions")).to_be_visible()


def session_end(page: Page) -> float:
    expect(page.get_by_role("banner")).to_contain_text("Connecté sous")
    return next(c["expires"] for c in page.context.cookies() if c["name"] == "__Host-sessionid")
