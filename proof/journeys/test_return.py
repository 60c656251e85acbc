"""From a wrong file to a corrected one: an agent brings what the finance service says of a batch."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from .administration import enrol
from .conftest import Visitors
from .kept_server import KeptServer
from .shell import shell
from .steps import PHONE, log_in

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("worker")]
CLUB = "MAITRISE STE MARIE D ANTONY"
SEND = f"""
from partners.models import Offer
from payments.tests.factories import make_use
from payments.tests.paid import make_sent
from wallets.models import Wallet
wallet = Wallet.objects.get(kind="culture", beneficiary__user__username="garance.test")
make_use("12.50", offer=Offer.objects.filter(partner__name="{CLUB}", kind="culture").first(), wallet=wallet)
print(make_sent().payments.get().reference)
"""


def bring(page: Page, name: str, content: str) -> None:
    page.get_by_role("link", name="Importer le retour").click()
    page.get_by_label("Fichier").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode("cp1252")}
    )
    page.get_by_role("button", name="Voir ce qui serait dit").click()
    expect(page.get_by_role("region", name="Les lignes du fichier")).to_be_visible()


def confirm(page: Page, count: int) -> None:
    page.get_by_label("Pour confirmer").fill(str(count))
    page.get_by_role("button", name="Dire ces issues").click()
    expect(page.get_by_text("C’est écrit.")).to_be_visible()


def to_the_batch(page: Page) -> None:
    page.get_by_role("link", name="Lot n°").first.click()
    expect(page.get_by_role("link", name="Importer le retour")).to_be_visible()


def test_the_refused_line_is_corrected_and_the_organisme_is_paid(
    visit: Visitors, server: KeptServer, tmp_path: Path
):
    reference = shell(server.directory, SEND).strip()
    page, today = visit(), f"{timezone.localdate():%d/%m/%Y}"
    enrol(page, "agent.test")
    page.goto("/admin/payments/batch/")
    page.get_by_role("main").get_by_role("link", name="1", exact=True).click()
    titles = "N° mandat;N° bordereau;Référence;État;Date de paiement;Montant payé"
    bring(page, "retour.csv", f"{titles}\n1207;114;{reference};Payé;{today};12,05\n")
    read = page.get_by_role("main")
    expect(read).to_contain_text("Le fichier dit 12,05 €, le paiement est de 12,50 €.")
    expect(read).to_contain_text("Ce fichier ne dirait rien de nouveau.")

    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger les lignes refusées").click()
    refused = tmp_path / "refuses.csv"
    download.value.save_as(refused)
    to_the_batch(page)
    bring(page, "corrige.csv", refused.read_text(encoding="utf-8-sig").replace(";12,05;", ";12,50;"))
    expect(read).to_contain_text("1 payé")
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 1600})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} pixels at {width}"
    page.set_viewport_size({"width": 1280, "height": 1600})
    confirm(page, 1)
    to_the_batch(page)
    expect(read).to_contain_text("soldé")

    club = visit(width=PHONE)
    log_in(club, "responsable.test")
    club.get_by_role("link", name="Prochain paiement").click()
    paid = club.get_by_role("region", name="Vos paiements").get_by_role("listitem")
    expect(paid).to_contain_text(f"Payé le {today}")

    # The bank gives it back later.
    bring(page, "rejets.csv", f"EndToEndId;Statut;Date;Motif\n{reference};RJCT;{today};Compte clos\n")
    expect(read).to_contain_text("1 revenu après paiement")
    confirm(page, 1)
    club.reload()
    expect(paid).to_contain_text(f"Revenu le {today}")
