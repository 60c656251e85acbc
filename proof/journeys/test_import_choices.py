"""What is chosen on the page of an import is never lost: not by « Importer », nor by another way there."""

import pytest
from playwright.sync_api import Page, expect

from .administration import enrol
from .conftest import Visitors
from .test_import import bring, confirm

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("worker")]
KNOWN = ("LES LAMES BLEUES", "AMICALE DU BUDO", "LE TREMPLIN")
CLUBS = "\n".join(["Nom;Commune;Sport", *(f"{name};Antony;Escrime" for name in KNOWN)])
ALIKE = CLUBS.replace("LES LAMES BLEUES", "LAMES BLEUES (LES)").replace("LE TREMPLIN", "TREMPLIN (LE)")
ALIKE = ALIKE.replace("AMICALE DU BUDO", "BUDO AMICALE")
LEAVE = "laisser cette ligne"
ELSEWHERE = "D’autres choix ont été faits entre-temps"


@pytest.fixture
def page(visit: Visitors) -> Page:
    """Where three lines are like an organisme that is there."""
    page = visit()
    enrol(page, "agent.test")
    bring(page, "clubs.csv", CLUBS.encode())
    confirm(page)
    bring(page, "encore.csv", ALIKE.encode())
    expect(page.get_by_role("main")).to_contain_text("3 ressemblances attendent votre choix")
    return page


def choose(page: Page, line: int, words: str) -> None:
    page.locator(f"#ligne-{line}").get_by_label(words).check()


def test_importer_takes_the_choices_of_the_page_along(page: Page):
    """The fresh-eyes trial: they were lost unless « Garder ces choix » came first."""
    choose(page, 2, LEAVE)
    choose(page, 3, "quelqu’un d’autre")
    choose(page, 4, LEAVE)
    page.get_by_label("Motif").fill("Rentrée")
    page.get_by_role("button", name="Importer", exact=True).dblclick()
    expect(page.get_by_role("heading", name=": fait")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("1 créé, 0 modifié, 0 inchangé, 0 refusé, 2 laissés")

    page.goto("/admin/partners/partner/?q=budo")
    expect(page.locator("#result_list tbody tr")).to_have_count(2)


def test_a_way_to_other_lines_and_the_enter_key_keep_them(page: Page):
    choose(page, 2, LEAVE)
    page.get_by_role("button", name="à choisir", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("2 ressemblances attendent votre choix")
    expect(page.locator("#ligne-2")).to_have_count(0)
    choose(page, 3, LEAVE)
    page.get_by_label("Motif").fill("Rentrée")
    page.get_by_label("Motif").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("1 ressemblance attend votre choix")
    expect(page.get_by_label("Motif")).to_have_value("Rentrée")
    expect(page.get_by_role("main")).to_contain_text("Rien n’est encore écrit.")


def test_who_goes_back_finds_what_was_chosen_and_goes_on(page: Page):
    choose(page, 2, LEAVE)
    page.get_by_role("button", name="Garder ces choix").click()
    expect(page.get_by_role("main")).to_contain_text("2 ressemblances attendent votre choix")
    page.go_back()
    # The page is asked for again: none is kept that tells of people.
    expect(page.locator("#ligne-2").get_by_label(LEAVE)).to_be_checked()
    for line in (2, 3, 4):
        choose(page, line, "quelqu’un d’autre")
    confirm(page)
    expect(page.get_by_role("main")).to_contain_text("3 créés, 0 modifié, 0 inchangé, 0 refusé")


def test_of_two_windows_the_later_one_is_told(page: Page):
    other = page.context.new_page()
    other.goto(page.url)
    choose(other, 2, LEAVE)
    other.get_by_role("button", name="Garder ces choix").click()
    expect(other.get_by_role("main")).to_contain_text("2 ressemblances attendent votre choix")
    choose(page, 2, "quelqu’un d’autre")
    page.get_by_role("button", name="Garder ces choix").click()
    expect(page.get_by_text(ELSEWHERE)).to_be_visible()
    expect(page.locator("#ligne-2").get_by_label(LEAVE)).to_be_checked()
