"""The three selects, on a slow line."""

import pytest
from playwright.sync_api import expect

from .conftest import Visitors
from .steps import go_on, log_in, menu

pytestmark = pytest.mark.journey

SLOW_LINE = {"offline": False, "latency": 1_000, "downloadThroughput": -1, "uploadThroughput": -1}


def test_a_choice_made_before_the_answer_to_the_last_one_is_kept(visit: Visitors):
    page = visit()
    log_in(page, "garance.test")
    menu(page, "Loisirs", "Effectuer une transaction")
    go_on(page)
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_LINE)
    page.get_by_label("Commune de l’organisme").select_option(label="Antony")
    page.get_by_label("Activités de l’organisme").select_option(label="culturelle")
    expect(page.get_by_label("Nom de l’organisme")).to_be_enabled()
    expect(page.get_by_label("Activités de l’organisme")).to_have_value("culture")
    # htmx says aloud that it gave up the older request.
    visit.troubles = [trouble for trouble in visit.troubles if "htmx:" not in trouble]
