"""An agent invites by letter those of a class who never came: counted, tried, made, and printed again."""

import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from demo.family import NOT_ACTIVATED

from .administration import enrol
from .conftest import Visitors
from .paper import Paper

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("worker")]


def test_the_letters_of_a_class(visit: Visitors):
    page = visit()
    enrol(page, "agent.test")
    count(page)
    counts = page.get_by_role("table", name="Comptes jamais activés")
    expect(counts.get_by_role("row", name="Jamais invités 0 1 1")).to_be_visible()
    expect(counts.get_by_role("row", name="Total 0 1 1")).to_be_visible()
    example = page.get_by_role("link", name="Voir un exemple").last.get_attribute("href")
    assert example
    assert NOT_ACTIVATED in Paper(page.request.get(example).body()).text

    code = code_of_the_letter(page)
    count(page)
    expect(counts.get_by_role("row", name="leur invitation vaut encore 0 1 1")).to_be_visible()
    # The printer jammed.
    page.get_by_role("radio", name="À nouveau ceux du").check()
    assert code_of_the_letter(page) == code

    page.goto("/admin/accounts/auditentry/")
    expect(page.get_by_role("row", name="Comptes jamais activés")).to_have_count(2)


def count(page: Page) -> None:
    """How many of the class never came."""
    page.goto("/admin/accounts/user/")
    page.get_by_role("link", name="Inviter les comptes jamais activés").click()
    page.get_by_label("Collège").select_option(index=1)
    page.get_by_label("Classe").select_option(label="6e")
    page.get_by_role("button", name="Compter").click()


def code_of_the_letter(page: Page) -> str:
    """Have the one letter made, and take it."""
    page.get_by_label("Motif").last.fill("Rentrée")
    page.get_by_role("button", name="Préparer les lettres").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger").click()
    archive = zipfile.ZipFile(download.value.path())
    [name] = archive.namelist()
    letter = Paper(archive.read(name))
    code = re.search(r"(?:\w{4}-){3}\w", letter.text)
    assert (letter.page_count, NOT_ACTIVATED in letter.text) == (1, True)
    assert code
    return code[0]
