"""From nothing to the first ticket: an account, a child, a damaged paper, an agent who enrols it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .administration import enrol
from .conftest import Visitors
from .mailbox import path_in
from .steps import PHONE, fill_ticket, go_on, go_to_known_partner
from .test_scholarship import CUT, PHOTO, SCAN, wait_until_read

pytestmark = pytest.mark.journey
ADDRESS = "anne@famille.example"
PASSWORD = "trois mots bien choisis"


@pytest.mark.parametrize(
    ("width", "javascript"),
    [
        pytest.param(PHONE, True, id="phone"),
        pytest.param(PHONE, False, id="phone, without JavaScript"),
        pytest.param(1280, True, id="desktop"),
    ],
)
def test_from_nothing_to_the_first_ticket(visit: Visitors, mailbox: Path, width: int, javascript: bool):
    parent, agent = visit(width=width, javascript=javascript), visit()
    make_an_account(parent, mailbox)
    ask_for_a_child(parent)

    parent.goto(path_in(mailbox, "Un papier manque pour Maël", ADDRESS))
    request = parent.get_by_role("region", name="Maël LEROY")
    expect(request).to_contain_text("abîmé")
    parent.get_by_label("Photos ou PDF").set_input_files([PHOTO, SCAN])
    go_on(parent, "Envoyer ce qui manque")
    expect(request).to_contain_text("Nous vous répondons avant")
    wait_until_read(parent, "Maël LEROY")

    enrol(agent, "agent.test")
    agent.goto("/admin/applications/application/?q=leroy")
    agent.get_by_role("row", name="Maël LEROY").get_by_role("link").first.click()
    go_on(agent, "Je m’en occupe")
    expect(agent.get_by_alt_text("Papier envoyé")).to_be_visible()
    agent.get_by_label("Un nouvel enfant").check()
    go_on(agent, "Inscrire")
    expect(agent.get_by_text("C’est fait")).to_be_visible()

    parent.goto(path_in(mailbox, "Inscription acceptée pour Maël", ADDRESS))
    expect(parent.get_by_role("heading", level=1)).to_have_text("Bonjour Maël")
    go_to_known_partner(parent, javascript=javascript)
    fill_ticket(parent, "10")
    go_on(parent, "Valider le ticket")
    expect(parent.get_by_text("Félicitations")).to_be_visible()


def make_an_account(parent: Page, mailbox: Path) -> None:
    parent.goto("/accueil/")
    parent.get_by_text("Pas encore inscrit").click()
    parent.get_by_role("link", name="Inscrivez-le").click()
    parent.get_by_label("Votre adresse e-mail").fill(ADDRESS)
    go_on(parent, "Recevoir le lien")
    expect(parent.get_by_role("heading", level=1)).to_have_text("Un e-mail vient de partir")
    link = path_in(mailbox, "Créez votre compte", ADDRESS)
    # An antivirus looks first.
    assert parent.request.get(link).ok
    parent.goto(link)
    parent.get_by_label("Prénom").fill("Anne")
    parent.get_by_label("Nom", exact=True).fill("LEROY")
    parent.get_by_label(re.compile("^Nouveau mot de passe")).fill(PASSWORD)
    parent.get_by_label("Confirmation").fill(PASSWORD)
    go_on(parent, "Créer mon compte")
    expect(parent.get_by_role("status")).to_contain_text("Notez votre identifiant : anne.leroy")


def ask_for_a_child(parent: Page) -> None:
    parent.get_by_role("main").get_by_role("link", name="Ajouter un enfant").click()
    parent.get_by_label("Prénom").fill("Maël")
    parent.get_by_label("Nom", exact=True).fill("LEROY")
    parent.get_by_label("Année de naissance").fill("2014")
    parent.get_by_label("Classe").select_option(label="6e")
    parent.get_by_label("Collège", exact=True).select_option(label="Collège de la Démonstration")
    parent.get_by_label("Commune où il habite").select_option(label="Antony")
    parent.get_by_label("Photos ou PDF").set_input_files([CUT])
    go_on(parent, "Envoyer la demande")
    expect(parent.get_by_role("status")).to_contain_text("Nous avons reçu")
