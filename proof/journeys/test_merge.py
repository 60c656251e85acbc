"""An agent merges two rows of one organisme; the address that a family kept leads to the other."""

import re

import pytest
from playwright.sync_api import expect

from .administration import do, enrol
from .conftest import Visitors

pytestmark = pytest.mark.journey
DOUBLE, KEPT = "VAUCRESSON TENNIS", "AC BOULOGNE BILLANCOURT TENNIS"


def test_an_organisme_is_merged_into_another(visit: Visitors):
    family, page = visit(), visit()
    family.goto("/partenaires/?nom=vaucresson+tennis")
    family.get_by_role("link", name=DOUBLE).first.click()
    kept_address = family.url

    enrol(page, "agent.test")
    page.goto("/admin/partners/partner/?q=vaucresson+tennis")
    page.get_by_role("link", name=DOUBLE, exact=True).click()
    page.get_by_role("link", name="Fusionner dans un autre organisme", exact=True).click()
    page.get_by_label("Dans quel organisme").fill("boulogne tennis")
    page.get_by_role("main").get_by_role("button", name="Chercher").click()
    expect(page.get_by_text("Ce champ est obligatoire")).to_have_count(0)
    page.get_by_label("Motif").fill("Deux fiches du même club")
    page.get_by_role("radio", name=KEPT).check()
    page.get_by_label("Pour continuer").fill(DOUBLE)
    page.get_by_role("button", name="Fusionner dans un autre organisme", exact=True).click()
    expect(page.get_by_text("Rien n’est encore fait.")).to_be_visible()
    expect(page.get_by_role("columnheader", name="La fiche gardée")).to_be_visible()
    do(page, re.compile("^Confirmer"))
    expect(page.get_by_role("main")).to_contain_text(f"fusionné dans {KEPT}")

    family.goto(kept_address)
    expect(family.get_by_role("heading", level=1)).to_have_text(KEPT)
