"""Files of organismes, imported: columns related, a line that is like another organisme, and the undo."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page
from .clicks import follow, press

# As a town keeps it: some of its titles are its own.
CLUBS = (
    "Appellation;Voie;CP;Localité;Joindre au;Discipline;Pratique artistique\n"
    "AMICALE DE JUDO;3 rue du Bac;92330;Sceaux;01 99 00 99 10;Judo;\n"
    "CHOEUR DES ÉCOLES;12 avenue de la Gare;92160;Antony;;;Chant choral\n"
    "THÉÂTRE DU LAC;1 place du Marché;92999;Atlantide;;;Théâtre\n"
)
RELATED = {
    "Nom": "Appellation",
    "Adresse": "Voie",
    "Code postal": "CP",
    "Commune": "Localité",
    "Téléphone": "Joindre au",
    "Activités Sport": "Discipline",
    "Activités Culture": "Pratique artistique",
}
# Its first line is like one of them, its second changes another.
MORE = (
    "Nom;Commune;Téléphone;Activités Sport\n"
    "AMICALE JUDO;Sceaux;01 99 00 99 10;Judo, Karaté\n"
    "CHOEUR DES ÉCOLES;Antony;01 99 00 99 20;\n"
)
NBSP = "\N{NO-BREAK SPACE}"


def import_clubs(page: "Page") -> Iterator[str]:
    _bring(page, "organismes-2026.csv", CLUBS)
    yield "importer"
    press(page, "Voir ce qui changerait")
    follow(page.get_by_role("link", name="Relier les colonnes"))
    for place, (ours, theirs) in enumerate(RELATED.items()):
        option = f"{'ABCDEFG'[place]}{NBSP}: {theirs}"
        page.get_by_role("combobox", name=re.compile(f"^{ours}\\W*$")).select_option(label=option)
    yield "import-relier"
    press(page, "Relire avec ces colonnes")
    page.get_by_text("Rien n’est encore écrit.").wait_for()
    first = page.url
    yield "import-a-relire"
    _confirm(page)
    _bring(page, "complement.csv", MORE)
    press(page, "Voir ce qui changerait")
    page.get_by_text("Rien n’est encore écrit.").wait_for()
    page.get_by_text("Les lignes du fichier").scroll_into_view_if_needed()
    yield "import-ressemblance"
    page.get_by_label("laisser cette ligne").check()
    _confirm(page)
    page.goto(first)
    follow(page.get_by_role("link", name="Annuler cet import"))
    for title in page.locator("details.unfolded summary").all():
        title.click()
    yield "import-annuler"
    page.goto("/admin/accounts/auditentry/")
    yield "journal"


def _bring(page: "Page", name: str, content: str) -> None:
    page.goto("/admin/partners/partner/")
    follow(page.get_by_role("link", name="Importer", exact=True))
    page.get_by_label("Fichier").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )


def _confirm(page: "Page") -> None:
    page.get_by_label("Motif").fill("Affiliations de la rentrée")
    press(page, "Importer")
    page.get_by_role("heading", name=": fait").wait_for()
