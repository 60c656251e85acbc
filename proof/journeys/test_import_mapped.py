"""A roster whose titles nobody knows: its columns are related, it is corrected, brought again, undone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .administration import enrol
from .conftest import Visitors

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("worker")]
# As a collège keeps it: none of these titles is one of ours, nor of SIECLE or Pronote.
LIST = """Code;Patronyme;Petit nom;Millésime;Section;Bahut;Domicile;Adulte;Son petit nom;Lui écrire
E9990101;OKAFOR;Ines;2014;6A;0920000A;Antony;OKAFOR;Ada;ada.okafor@famille.example
E9990102;PETITJEAN;Hugo;2013;CM2;0920000A;Antony;PETITJEAN;Marc;marc.petitjean@famille.example
E9990103;VASSEUR;Nour;2012;4e;0920000A;Atlantide;VASSEUR;Lise;lise.vasseur@famille.example
"""
COLUMNS = {
    "Numéro d’élève": "A : Code",
    "Nom": "B : Patronyme",
    "Prénom": "C : Petit nom",
    "Naissance": "D : Millésime",
    "Niveau": "E : Section",
    "UAI": "F : Bahut",
    "Commune": "G : Domicile",
    "Responsable 1 nom": "H : Adulte",
    "Responsable 1 prénom": "I : Son petit nom",
    "Responsable 1 e-mail": "J : Lui écrire",
}


def bring(page: Page, name: str, content: bytes) -> None:
    page.goto("/admin/backoffice/import/add/?sort=eleves")
    page.get_by_label("Fichier").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Voir ce qui changerait").click()


def confirm(page: Page) -> None:
    page.get_by_label("Motif").fill("Rentrée")
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_role("heading", name=": fait")).to_be_visible()


def pupils(page: Page) -> list[str]:
    page.goto("/admin/accounts/beneficiary/?q=E99901")
    return page.locator("#result_list tbody tr").all_inner_texts()


def fits(page: Page) -> None:
    for width in (1280, 768):
        page.set_viewport_size({"width": width, "height": 1600})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} pixels at {width}"
    page.set_viewport_size({"width": 1280, "height": 800})


def test_from_a_file_that_nobody_knows_to_a_right_one_and_back(visit: Visitors, tmp_path: Path):
    page = visit()
    enrol(page, "agent.test")
    bring(page, "college.csv", LIST.encode("cp1252"))
    page.get_by_role("link", name="Relier les colonnes").click()
    expect(page.get_by_role("cell", name="Hugo", exact=True)).to_be_visible()
    fits(page)
    for ours, theirs in COLUMNS.items():
        place = page.get_by_role("combobox", name=re.compile(f"^{ours}\\W*$"))
        place.select_option(label=theirs.replace(" :", "\N{NO-BREAK SPACE}:"))
    page.get_by_role("button", name="Relire avec ces colonnes").click()
    read = page.get_by_role("main")
    expect(read).to_contain_text("1 créé, 0 modifié, 0 inchangé, 2 refusés")
    expect(read).to_contain_text("Colonnes reliées par")
    fits(page)

    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger les lignes refusées").click()
    refused = tmp_path / "refuses.csv"
    download.value.save_as(refused)
    confirm(page)
    first = page.url

    text = refused.read_text(encoding="utf-8-sig")
    assert "La commune Atlantide n’est pas dans la liste" in text
    # Its titles are ours by now: nothing is to be related again.
    bring(page, "refuses.csv", text.replace("CM2", "5e").replace("Atlantide", "Sceaux").encode())
    expect(read).to_contain_text("2 créés, 0 modifié, 0 inchangé, 0 refusé")
    confirm(page)
    assert len(pupils(page)) == 3

    page.goto(first)
    page.get_by_role("link", name="Annuler cet import").click()
    expect(read).to_contain_text("1 enlevé")
    fits(page)
    page.get_by_label("Motif").fill("Mauvais collège")
    page.get_by_role("button", name="Annuler cet import").click()
    expect(page.get_by_role("heading", name=": annulé")).to_be_visible()
    expect(page.get_by_role("row", name="Ines OKAFOR")).to_contain_text("Annulé.")
    expect(page.get_by_role("link", name="Annuler cet import")).to_have_count(0)
    fits(page)
    assert [name for row in pupils(page) for name in ("OKAFOR", "PETITJEAN", "VASSEUR") if name in row] == [
        "PETITJEAN",
        "VASSEUR",
    ]
