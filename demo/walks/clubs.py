"""A file of organismes, imported."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page
from .clicks import press

CLUBS = (
    "Nom;Adresse;Code postal;Commune;Téléphone;Activités Sport;Activités Culture\n"
    "AMICALE DE JUDO;3 rue du Bac;92330;Sceaux;01 99 00 99 10;Judo;\n"
    "CHOEUR DES ÉCOLES;12 avenue de la Gare;92160;Antony;;;Chant choral\n"
    "THÉÂTRE DU LAC;1 place du Marché;92999;Atlantide;;;Théâtre\n"
)
# Of the first of them.
TWIN = "Nom;Commune;Téléphone;Activités Sport\nAMICALE JUDO;Sceaux;01 99 00 99 10;Judo, Karaté\n"


def import_clubs(page: "Page") -> Iterator[str]:
    _bring(page, "organismes-2026.csv", CLUBS)
    yield "importer"
    _read(page)
    yield "import-a-relire"
    page.get_by_label("Motif").fill("Affiliations de la rentrée")
    press(page, "Importer")
    page.get_by_role("heading", name=": fait").wait_for()
    _bring(page, "complement.csv", TWIN)
    _read(page)
    page.get_by_text("Les lignes du fichier").scroll_into_view_if_needed()
    yield "import-ressemblance"
    press(page, "Abandonner cet import")
    page.goto("/admin/accounts/auditentry/")
    yield "journal"


def _bring(page: "Page", name: str, content: str) -> None:
    page.goto("/admin/partners/partner/")
    page.get_by_role("link", name="Importer", exact=True).click()
    page.get_by_label("Fichier").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )


def _read(page: "Page") -> None:
    press(page, "Voir ce qui changerait")
    page.get_by_text("Rien n’est encore écrit.").wait_for()
