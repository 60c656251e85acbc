"""What callers ask, each answered in three clicks at most once they are found (admin.md § 4)."""

import re

import pytest
from playwright.sync_api import expect

from .administration import enrol
from .conftest import Visitors
from .desk import Desk
from .steps import choose_child, log_in, make_ticket
from .year import end_tickets

pytestmark = pytest.mark.journey
GARANCE, LUCIEN, MAEL = "920000001", "920000002", "920000003"
CHOIR, CONSERVATORY = "MAITRISE STE MARIE D ANTONY", "CONSERVATOIRE DARIUS MILHAUD"
CONFIRM = re.compile("^Confirmer")


@pytest.fixture
def desk(visit: Visitors) -> Desk:
    family = visit()
    log_in(family, "parent.test")
    choose_child(family, "Garance TEST CD 92")
    make_ticket(family, "10")
    code = family.locator(".code__text").first.text_content()
    assert code
    page = visit()
    enrol(page, "agent.test")
    return Desk(page, code)


def test_calls_about_tickets_and_money(desk: Desk):
    page = desk.page

    with desk.call("garanse test"):
        expect(page.get_by_text("Personne ne s’appelle ainsi.")).to_be_visible()
        desk.open("Garance TEST CD 92")
        expect(page.get_by_role("heading", level=1)).to_have_text("Garance TEST CD 92")
    desk.fits(375)
    page.get_by_role("link", name="Créer le compte d’un responsable").click()
    desk.fits(375)

    # A code as it is read aloud; then a letter short.
    with desk.call(desk.code.strip().lower()):
        expect(page.get_by_role("heading", level=1)).to_contain_text("de Garance TEST CD 92")
    desk.look_up(desk.code.strip()[:-1])
    expect(page.get_by_text("Pour un code de ticket, il manque")).to_be_visible()

    # A ticket was lost: another one takes its place.
    with desk.call("Garance TEST"):
        desk.act("Refaire le ticket", of="Non utilisé")
        desk.do("Refaire le ticket")
    expect(desk.row("remplace le")).to_contain_text("Non utilisé")
    expect(desk.row("Annulé")).to_contain_text(CHOIR)

    # The wrong organisme.
    with desk.call(GARANCE):
        desk.act("Refaire le ticket", of="Non utilisé")
        desk.choose_offer(CONSERVATORY)
        desk.do("Refaire le ticket")
    expect(desk.row("Non utilisé")).to_contain_text(CONSERVATORY)

    # Cancelled by mistake.
    with desk.call(GARANCE):
        desk.act("Annuler le ticket", of="Non utilisé")
        desk.do("Annuler le ticket")
    with desk.call(GARANCE):
        desk.act("Refaire le ticket", of="Annulé")
        desk.do("Refaire le ticket")
    expect(desk.row("Non utilisé")).to_contain_text(CONSERVATORY)

    # Used, and not where it should have been.
    with desk.call(GARANCE):
        desk.act("Marquer utilisé", of="Non utilisé")
        desk.do("Marquer utilisé")
    with desk.call(GARANCE):
        desk.act("Annuler l’utilisation", of="Utilisé le")
        desk.do("Annuler l’utilisation")
    expect(desk.row("Non utilisé")).to_contain_text(CONSERVATORY)

    correct_wallets(desk)

    # Stolen in July: the last day to cancel is over.
    page.goto("/admin/wallets/campaign/")
    page.locator("#result_list tbody a").first.click()
    end_tickets(page)
    with desk.call(GARANCE):
        desk.act("Annuler le ticket", of="Non utilisé")
        page.get_by_role("checkbox").check()
        desk.do("Annuler le ticket")
    expect(desk.row("somme perdue")).to_contain_text(CONSERVATORY)


def correct_wallets(desk: Desk) -> None:
    with desk.call(LUCIEN):
        desk.act("Accorder le supplément boursier", of="Sport")
        desk.do(re.compile("Accorder le supplément boursier$"))
    expect(desk.row("Sport")).to_contain_text("70,00")

    with desk.call(LUCIEN):
        desk.act("Créditer ou débiter", of="Culture")
        desk.page.get_by_label("Débiter le porte-monnaie").check()
        desk.page.get_by_label("Montant, en euros").fill("5")
        desk.read("Créditer ou débiter")
        desk.do(CONFIRM)
    expect(desk.row("Culture")).to_contain_text("25,00")


def make_the_account(desk: Desk, email: str) -> None:
    """Of Dominique MARTIN, of whom a paper was seen."""
    desk.act("Créer le compte d’un responsable", why="Reçu au guichet")
    desk.page.get_by_label(re.compile("^Nom")).fill("MARTIN")
    desk.page.get_by_label(re.compile("^Prénom")).fill("Dominique")
    desk.page.get_by_label("Adresse e-mail").fill(email)
    desk.page.get_by_label("Papier que vous avez vu").select_option("livret de famille")
    desk.read("Créer le compte d’un responsable")
    desk.do(CONFIRM)


def merge_two_accounts(desk: Desk) -> None:
    """Of one parent: the double leads to the one that she uses."""
    with desk.call(LUCIEN):
        make_the_account(desk, "d.martin@passplus.example")
    with desk.call("d.martin@passplus.example"):
        desk.act("Fusionner dans un autre compte", why="Le même parent, deux comptes")
        desk.page.get_by_role("radio", name="dominique.martin@").check()
        desk.page.get_by_label("Pour continuer").fill("Dominique MARTIN")
        desk.read("Fusionner dans un autre compte")
        desk.do(CONFIRM)


def test_calls_about_people(desk: Desk):
    page = desk.page

    # All that is known is a telephone: the family wrote it on its account.
    with desk.call("voisin.test"):
        page.get_by_label("Téléphone").fill("06 12 34 56 78")
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(page.get_by_text("modifié")).to_be_visible()
    with desk.call("+33 6.12.34.56.78"):
        desk.open("Maël VOISIN CD 92")
        expect(page.get_by_role("heading", level=1)).to_have_text("Maël VOISIN CD 92")

    # The other parent has an account, or has none.
    with desk.call(LUCIEN):
        desk.begin("Ajouter un responsable légal")
        page.get_by_label("Qui devient responsable").fill("parent2.test")
        page.get_by_role("main").get_by_role("button", name="Chercher").click()
        page.get_by_label("Motif").fill("Jugement du 3 mars")
        page.get_by_role("radio", name="Dominique").check()
        desk.do("Ajouter un responsable légal")
    with desk.call(MAEL):
        make_the_account(desk, "dominique.martin@passplus.example")
    expect(desk.row("dominique.martin@passplus.example")).to_contain_text("dominique.martin")

    with desk.call(LUCIEN):
        desk.act("Retirer un responsable légal", why="Mauvais enfant")
        page.get_by_role("radio", name="Dominique").check()
        desk.do("Retirer un responsable légal")

    with desk.call(MAEL):
        desk.act("Rendre l’accès", of="dominique.martin@passplus.example")
        desk.do("Rendre l’accès")
    with desk.call(GARANCE):
        desk.act("Compte volé", of="parent2.test")
        page.get_by_role("radio").first.check()
        desk.do("Compte volé")

    # Another collège, another class.
    with desk.call(GARANCE):
        page.get_by_role("link", name="Modifier la fiche").click()
        page.get_by_label("Niveau").select_option(label="4e")
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(page.get_by_text("modifié")).to_be_visible()

    merge_two_accounts(desk)
    with desk.call(MAEL):
        desk.act("Effacer l’enfant", why="Courrier du 3 mars")
        page.get_by_label("J’ai vérifié qui le demande").check()
        desk.do("Effacer l’enfant")
