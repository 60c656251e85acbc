"""A file of organismes, imported."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page
from .clicks import press

CLUBS = (
    "Nom;Adresse;Code postal;Commune;Téléphone;Activités Sport;Activités Culture\n"
    "AMICALE DE JUDO;3 rue du Bac;92330;Sceaux;01 99 00 10 10;Judo;\n"
    "CHOEUR DES ÉCOLES;12 avenue de la Gare;92160;Antony;;;Chant choral\n"
    "THÉÂTRE DU LAC;1 place du Marché;92999;Atlantide;;;Théâtre\n"
)


def import_clubs(page: "Page") -> Iterator[str]:
    page.goto("/admin/partners/partner/")
    page.get_by_role("link", name="Importer", exact=True).click()
    page.get_by_label("Fichier").set_input_files(
        {"name": "organismes-2026.csv", "mimeType": "text/csv", "buffer": CLUBS.encode()}
    )
    yield "importer"
    press(page, "Voir ce qui changerait")
    page.get_by_text("Rien n’est encore écrit.").wait_for()
    yield "import-a-relire"
    page.get_by_label("Motif").fill("Affiliations de la rentrée")
    press(page, "Importer")
    page.get_by_role("heading", name=": fait").wait_for()
    page.goto("/admin/accounts/auditentry/")
    yield "journal"
