"""From a Culture wallet that nobody ever used to a ticket, in three clicks at most."""

import pytest
from playwright.sync_api import Locator, expect

from .conftest import Visitors
from .steps import PHONE, log_in

pytestmark = pytest.mark.journey
MOST = 3


@pytest.mark.parametrize(
    ("width", "javascript"), [(PHONE, True), (1280, False)], ids=["on a telephone", "without JavaScript"]
)
def test_from_home_to_a_ticket(visit: Visitors, width: int, javascript: bool):
    clicks = 0

    def click(what: Locator) -> None:
        nonlocal clicks
        clicks += 1
        what.click()

    page = visit(width=width, javascript=javascript)
    log_in(page, "garance.test")
    near = page.get_by_role("region", name="Culture : près de chez vous")
    click(near.get_by_role("link", name="Créer un ticket ici").first)
    page.get_by_label("Montant").fill("10")
    activity = page.get_by_label("Activité")
    if not activity.input_value():
        activity.select_option(index=1)
    click(page.get_by_role("button", name="Valider le ticket"))
    expect(page.get_by_role("main")).to_contain_text("Félicitations")
    assert clicks <= MOST
    page.goto("/")
    expect(page.get_by_role("heading", name="Bonjour Garance")).to_be_visible()
    expect(near).to_have_count(0)
