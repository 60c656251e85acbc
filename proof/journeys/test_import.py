"""From a wrong file to a corrected one: an agent brings a list of organismes, and the lines it refused."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .administration import enrol
from .conftest import Visitors

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("worker")]
LIST = """Organisme;Ville;Tél;Sport;Culture
ATELIER DES ARTS D’ANTONY;Antony;0199001077;;Théâtre et impro
DOJO DE L’ATLANTIDE;Atlantide;;Judo;
CERCLE D’ESCRIME;ST CLOUD;non communiqué;Escrime;
"""


def bring(page: Page, name: str, content: bytes) -> None:
    page.goto("/admin/backoffice/import/add/?sort=organismes")
    page.get_by_label("Fichier").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(page.get_by_text("Rien n’est encore écrit.")).to_be_visible()


def confirm(page: Page) -> None:
    page.get_by_label("Motif").fill("Rentrée")
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_role("heading", name=": fait")).to_be_visible()


def test_the_refused_lines_are_corrected_and_brought_again(visit: Visitors, tmp_path: Path):
    page = visit()
    enrol(page, "agent.test")
    bring(page, "rentree.csv", LIST.encode("cp1252"))
    read = page.get_by_role("main")
    expect(read).to_contain_text("2 créés, 0 modifié, 0 inchangé, 1 refusé")
    expect(read).to_contain_text("Ville pour Commune")
    expect(read).to_contain_text("Théâtre et impro (est-ce Théâtre")
    expect(read).to_contain_text("non communiqué n’est pas un téléphone")

    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger les lignes refusées").click()
    refused = tmp_path / "refuses.csv"
    download.value.save_as(refused)
    confirm(page)

    text = refused.read_text(encoding="utf-8-sig")
    assert "La commune Atlantide n’est pas dans la liste" in text
    bring(page, "refuses.csv", text.replace("DE L’ATLANTIDE;Atlantide", "DE SCEAUX;Sceaux").encode())
    expect(page.get_by_role("main")).to_contain_text("1 créé, 0 modifié, 0 inchangé, 0 refusé")
    confirm(page)
    page.goto("/admin/partners/partner/?q=dojo+de+sceaux")
    expect(page.get_by_role("row", name="DOJO DE SCEAUX")).to_be_visible()


def test_whom_a_line_is_like_is_chosen_for(visit: Visitors):
    page = visit()
    enrol(page, "agent.test")
    bring(page, "clubs.csv", b"Nom;Commune;Sport\nLES LAMES BLEUES;Antony;Escrime")
    confirm(page)
    again = "Nom;Commune;Tél;Sport\nLAMES BLEUES (LES);Antony;0199001078;Escrime"
    bring(page, "encore.csv", again.encode())
    read = page.get_by_role("main")
    expect(read).to_contain_text("1 ressemblance attend votre choix")
    beside = page.get_by_role("region", name="Ressemblances de la ligne 2")
    expect(beside.get_by_role("row", name="nom LAMES BLEUES (LES) LES LAMES BLEUES")).to_be_visible()
    expect(beside.get_by_role("row", name="téléphone")).to_contain_text("01 99 00 10 78")

    page.get_by_label("Motif").fill("Rentrée des clubs")
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_text("dites de chacune si c’est quelqu’un d’autre")).to_be_visible()
    expect(page.get_by_label("Motif")).to_have_value("Rentrée des clubs")
    page.get_by_label("laisser cette ligne").check()
    page.get_by_role("button", name="Garder ces choix").click()
    expect(read).to_contain_text("0 créé, 0 modifié, 0 inchangé, 0 refusé, 1 laissé")
    for width in (1280, 768):
        page.set_viewport_size({"width": width, "height": 1600})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} pixels at {width}"

    confirm(page)
    page.goto("/admin/partners/partner/?q=lames+bleues")
    expect(page.get_by_role("row", name="LAMES BLEUES")).to_have_count(1)


def test_the_same_one_is_brought_up_to_date(visit: Visitors):
    page = visit()
    enrol(page, "agent.test")
    bring(page, "clubs.csv", b"Nom;Commune;Sport\nLES ARCHERS VERTS;Antony;Escrime")
    confirm(page)
    bring(page, "encore.csv", "Nom;Commune;Tél;Sport\nARCHERS VERTS (LES);Antony;0199001079;Judo".encode())
    page.get_by_label("c’est le même que LES ARCHERS VERTS : le mettre à jour").check()
    page.get_by_role("button", name="Garder ces choix").click()
    expect(page.get_by_role("main")).to_contain_text("0 créé, 1 modifié, 0 inchangé, 0 refusé")
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 1600})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} pixels at {width}"

    confirm(page)
    expect(page.get_by_role("main")).to_contain_text("C’est LES ARCHERS VERTS, a dit un agent, mis à jour")
    page.goto("/admin/partners/partner/?q=archers+verts")
    expect(page.get_by_role("row", name="ARCHERS VERTS (LES)")).to_have_count(1)
    expect(page.get_by_role("row", name="LES ARCHERS VERTS")).to_have_count(0)
