"""A club has another name, then two rows; the address that a family kept leads to the one that stays."""

import re

import pytest
from playwright.sync_api import expect

from .administration import enrol
from .conftest import Visitors
from .desk import Desk

pytestmark = pytest.mark.journey
FORMER, NAME, KEPT = "VAUCRESSON TENNIS", "BOULOGNE BILLANCOURT TENNIS", "AC BOULOGNE BILLANCOURT TENNIS"


def test_calls_about_organismes(visit: Visitors):
    family, page = visit(), visit()
    family.goto("/partenaires/?nom=vaucresson+tennis")
    family.get_by_role("link", name=FORMER).first.click()
    kept_address = family.url

    enrol(page, "agent.test")
    desk = Desk(page)
    with desk.call(FORMER):
        page.locator("#id_name").fill(NAME)
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(page.get_by_text("modifié")).to_be_visible()
    # By the name that it had, too.
    with desk.call(FORMER):
        expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
        desk.begin("Fusionner dans un autre organisme")
        page.get_by_role("radio", name=KEPT).check()
        page.get_by_label("Motif").fill("Deux fiches du même club")
        page.get_by_label("Pour continuer").fill(NAME)
        desk.read("Fusionner dans un autre organisme")
        expect(page.get_by_role("columnheader", name="La fiche gardée")).to_be_visible()
        desk.do(re.compile("^Confirmer"))
    expect(page.get_by_role("main")).to_contain_text(f"fusionné dans {KEPT}")

    family.goto(kept_address)
    expect(family.get_by_role("heading", level=1)).to_have_text(KEPT)
