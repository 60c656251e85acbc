"""« Afficher le mot de passe »: with JavaScript alone, and it leaves hidden."""

import pytest
from playwright.sync_api import expect

from accounts.demonstration import PASSWORD

from .conftest import Visitors

pytestmark = pytest.mark.journey


def test_it_can_be_looked_at(visit: Visitors):
    """family.md 25: twelve characters typed twice on a telephone, and never seen."""
    page = visit(width=375)
    page.goto("/accueil/")
    page.get_by_label("Identifiant").fill("garance.test")
    field = page.get_by_label("Mot de passe")
    field.fill(PASSWORD)
    expect(field).to_have_attribute("type", "password")
    page.get_by_role("button", name="Afficher le mot de passe").click()
    expect(field).to_have_attribute("type", "text")
    expect(field).to_have_value(PASSWORD)
    page.get_by_role("button", name="Connexion").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Garance")


def test_without_javascript_there_is_no_button(visit: Visitors):
    page = visit(javascript=False)
    page.goto("/accueil/")

    expect(page.get_by_role("button", name="Afficher")).to_have_count(0)
