"""From a SIRET to the first used ticket: an account, three steps, a paper asked for again, the convention, an
agent, a family.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .administration import enrol
from .conftest import Visitors
from .convention import ask_for_code, sign
from .counter import confirm, tick_the_assigned_one
from .mailbox import path_in
from .steps import PHONE, choose_partner, fill_ticket, go_on, log_in, menu
from .test_scholarship import CUT, PHOTO, SCAN, wait_until_read

pytestmark = pytest.mark.journey
ADDRESS = "tresorier@escrime.example"
PASSWORD = "trois mots bien choisis"
NAME = "ESCRIME CLUB D’ANTONY"


@pytest.mark.parametrize(
    ("width", "javascript"),
    [
        pytest.param(PHONE, True, id="phone"),
        pytest.param(PHONE, False, id="phone, without JavaScript"),
        pytest.param(1280, True, id="desktop"),
    ],
)
def test_from_a_siret_to_the_first_used_ticket(visit: Visitors, mailbox: Path, width: int, javascript: bool):
    treasurer, agent = visit(width=width, javascript=javascript), visit()
    make_an_account(treasurer, mailbox)
    apply(treasurer)

    treasurer.goto(path_in(mailbox, "Un papier manque pour ESCRIME", ADDRESS))
    request = treasurer.get_by_role("region", name=NAME)
    expect(request).to_contain_text("abîmé")
    treasurer.get_by_label("Photos ou PDF").set_input_files([PHOTO, SCAN])
    go_on(treasurer, "Envoyer ce qui manque")
    expect(request).to_contain_text("Nous vous répondons avant")
    wait_until_read(treasurer, NAME)
    read_and_sign(treasurer, mailbox)

    enrol(agent, "agent.test")
    agent.goto("/admin/applications/application/?q=escrime")
    agent.get_by_role("row", name=NAME).get_by_role("link").first.click()
    go_on(agent, "Je m’en occupe")
    expect(agent.get_by_alt_text("Papier envoyé")).to_be_visible()
    expect(agent.get_by_label("Judo (Sport)")).to_be_checked()
    agent.get_by_label("Un nouvel organisme").check()
    go_on(agent, "Affilier")
    expect(agent.get_by_text("C’est fait")).to_be_visible()

    treasurer.goto(path_in(mailbox, "Affiliation acceptée pour ESCRIME", ADDRESS))
    expect(treasurer.get_by_label("Code du ticket")).to_be_visible()
    make_a_ticket_there(visit(width=width, javascript=javascript), javascript=javascript)
    tick_the_assigned_one(treasurer)
    confirm(treasurer, "Utiliser le ticket", "Ticket utilisé : 10,00 €")
    treasurer.goto("/partenaires/?nom=escrime")
    expect(treasurer.get_by_role("main")).to_contain_text(NAME)


def make_an_account(treasurer: Page, mailbox: Path) -> None:
    treasurer.goto("/accueil/")
    treasurer.get_by_role("link", name="Devenez partenaire").click()
    treasurer.get_by_label("Votre adresse e-mail").fill(ADDRESS)
    go_on(treasurer, "Recevoir le lien")
    expect(treasurer.get_by_role("heading", level=1)).to_have_text("Un e-mail vient de partir")
    treasurer.goto(path_in(mailbox, "Créez votre compte", ADDRESS))
    treasurer.get_by_label("Prénom").fill("Anne")
    treasurer.get_by_label("Nom", exact=True).fill("LEROY")
    treasurer.get_by_label(re.compile("^Nouveau mot de passe")).fill(PASSWORD)
    treasurer.get_by_label("Confirmation").fill(PASSWORD)
    go_on(treasurer, "Créer mon compte")


def apply(treasurer: Page) -> None:
    treasurer.get_by_label("SIRET de votre organisme").fill("732 829 320 00075")
    go_on(treasurer, "Continuer")
    expect(treasurer.get_by_role("main")).to_contain_text("un chiffre est faux")
    treasurer.get_by_label("SIRET de votre organisme").fill("732 829 320 00074")
    go_on(treasurer, "Continuer")
    treasurer.get_by_label("Nom, comme les familles").fill(NAME)
    treasurer.get_by_label("Vous êtes").select_option(label="association")
    treasurer.get_by_label("Adresse (numéro").fill("3 rue des Sports")
    treasurer.get_by_label("Code postal").fill("92160")
    treasurer.get_by_label("Commune").select_option(label="Antony")
    treasurer.get_by_label("Activité 1", exact=True).select_option(label="Judo")
    treasurer.get_by_label("Porte-monnaie de l’activité 1").select_option(label="Sport")
    treasurer.get_by_label("Votre fonction").fill("trésorière")
    go_on(treasurer, "Enregistrer et continuer")
    treasurer.get_by_label("Photos ou PDF").set_input_files([CUT])
    go_on(treasurer, "Envoyer la demande")
    expect(treasurer.get_by_role("status")).to_contain_text("Nous avons reçu")


def make_a_ticket_there(family: Page, *, javascript: bool) -> None:
    log_in(family, "garance.test")
    menu(family, "Loisirs", "Effectuer une transaction")
    go_on(family)
    choose_partner(family, "Antony", "sportive", NAME, javascript=javascript)
    fill_ticket(family, "10,00", "Judo")
    go_on(family, "Valider le ticket")
    expect(family.get_by_text("Félicitations")).to_be_visible()


def read_and_sign(treasurer: Page, mailbox: Path) -> None:
    treasurer.get_by_role("link", name="Lire et signer la convention").click()
    expect(treasurer.get_by_role("main")).to_contain_text("L’organisme accepte chaque ticket")
    sign(treasurer, ask_for_code(treasurer, mailbox, ADDRESS))
    expect(treasurer.get_by_role("status")).to_contain_text("La convention est signée")
