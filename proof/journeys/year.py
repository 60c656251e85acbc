"""What an agent and a family do in a year."""

import datetime as dt
from pathlib import Path

from playwright.sync_api import Page, expect

from .administration import act, do
from .steps import choose_partner, choose_password, fill_ticket, go_on, menu
from .year_files import BAD, CHILDREN, PARTNERS, TODAY, directory_file, roster_file

SECRET = "trois tulipes mauves"


def list_of(page: Page, name: str) -> None:
    page.goto("/admin/")
    # Not the heading of its section, which may be called the same.
    page.locator("th[scope=row]").get_by_role("link", name=name, exact=True).first.click()


def search(page: Page, words: str) -> None:
    page.locator("#searchbar").fill(words)
    page.get_by_role("button", name="Rechercher").click()


def bring(page: Page, name: str, content: bytes, told: str) -> None:
    """Import a file that the worker reads, then does."""
    page.get_by_role("link", name="Importer", exact=True).click()
    page.get_by_label("Fichier").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(page.get_by_text("Rien n’est encore écrit.")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("main")).to_contain_text(told)
    page.get_by_label("Motif").fill("Rentrée")
    page.get_by_role("button", name="Importer").click()
    expect(page.get_by_role("heading", name=": fait")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("main")).to_contain_text(told)


def make_campaign(page: Page) -> None:
    list_of(page, "Campagnes")
    page.get_by_role("link", name="Ajouter campagne").click()
    page.get_by_label("Nom").fill("Cette année")
    for label, day in (
        ("Ouverture", TODAY - dt.timedelta(days=360)),
        ("Dernier jour pour créer un ticket", TODAY + dt.timedelta(days=200)),
        ("Dernier jour pour annuler un ticket", TODAY + dt.timedelta(days=200)),
        ("Dernier jour pour utiliser un ticket", TODAY + dt.timedelta(days=500)),
    ):
        page.get_by_label(label).fill(f"{day:%d/%m/%Y}")
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def open_campaign_page(page: Page) -> None:
    list_of(page, "Campagnes")
    page.locator("#result_list").get_by_role("link", name="Cette année").click()


def end_tickets(page: Page) -> None:
    """A year goes by, on the page of its campaign."""
    yesterday = f"{TODAY - dt.timedelta(days=1):%d/%m/%Y}"
    for label in ("Dernier jour pour créer un ticket", "Dernier jour pour annuler un ticket"):
        page.get_by_label(label).fill(yesterday)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("est déjà passé").first).to_be_visible()
    page.get_by_label("Je confirme").check()
    page.get_by_label("Motif").fill("L’année est finie")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("modifié")).to_be_visible()


def exported(page: Page, kind: str) -> bytes:
    page.get_by_role("button", name=f"Exporter en {kind}").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger").click(timeout=60_000)
    return Path(download.value.path()).read_bytes()


def by_two(agent: Page, second: Page, name: str, why: str) -> None:
    """One proposes it, the other one confirms it."""
    act(agent, name, why=why)
    agent.get_by_label("Pour continuer").fill("Cette année")
    agent.get_by_role("button", name=f"Proposer : {name}").click()
    expect(agent.get_by_text("Un autre agent doit confirmer")).to_be_visible()
    second.goto("/admin/")
    second.get_by_role("link", name=name).first.click()
    second.get_by_label("Pour continuer").fill("Cette année")
    second.get_by_role("button", name=f"Confirmer : {name}").click()
    expect(second.get_by_text("C’est fait")).to_be_visible(timeout=60_000)


def start_the_year(agent: Page, second: Page) -> None:
    """A campaign, the organismes, the children; then everybody gets wallets."""
    make_campaign(agent)
    list_of(agent, "Organismes")
    bring(agent, "organismes.csv", directory_file(), f"{PARTNERS} créés, 0 modifié, 0 inchangé, 0 refusé")
    list_of(agent, "Bénéficiaires")
    good = CHILDREN - BAD
    bring(agent, "eleves.csv", roster_file(), f"{good} créés, 0 modifié, 0 inchangé, {BAD} refusés")
    agent.get_by_role("link", name=f"{BAD} refusés").click()
    for reason in ("La commune Atlantis n’est pas", "Le niveau CM2 n’est pas"):
        expect(agent.get_by_role("cell", name=reason)).to_have_count(BAD // 2)
    open_campaign_page(agent)
    by_two(agent, second, "Ouvrir la campagne", "Rentrée")
    list_of(agent, "Comptes")
    agent.get_by_role("link", name="Inviter les comptes jamais activés").click()
    agent.get_by_label("Motif").first.fill("Rentrée")
    agent.get_by_role("button", name="Envoyer les e-mails").click()
    expect(agent.get_by_role("heading", name=": prêt")).to_be_visible(timeout=60_000)
    expect(agent.get_by_role("main")).to_contain_text(f"{good} e-mails.")


def help_a_family(agent: Page) -> None:
    """Who calls is found by how its name sounds."""
    list_of(agent, "Comptes")
    search(agent, "ines gotier")
    agent.get_by_role("link", name="ines.gauthier").click()
    act(agent, "Rendre l’accès")
    do(agent, "Rendre l’accès")


def spend(family: Page, link: str) -> None:
    """From the link in the e-mail to a ticket."""
    family.goto(link)
    choose_password(family, SECRET)
    expect(family.get_by_role("heading", level=1)).to_have_text("Bonjour Chloé")
    menu(family, "Loisirs", "Effectuer une transaction")
    go_on(family)
    choose_partner(family, "Sceaux", "culturelle", "CLUB 7")
    fill_ticket(family, "15", "Chant")
    go_on(family, "Valider le ticket")
    expect(family.get_by_text("Félicitations")).to_be_visible()


def correct(agent: Page) -> None:
    """A ticket is used and not used; a wallet gets something back."""
    list_of(agent, "Tickets")
    search(agent, "GAUTHIER")
    agent.get_by_role("row", name="CLUB 7").get_by_role("link").first.click()
    for name in ("Marquer utilisé", "Annuler l’utilisation"):
        act(agent, name)
        do(agent, name)
    list_of(agent, "Porte-monnaie")
    search(agent, "GAUTHIER")
    agent.get_by_role("row", name="Sport").get_by_role("link").first.click()
    act(agent, "Créditer ou débiter", why="Stage annulé par le club")
    agent.get_by_label("Créditer le porte-monnaie").check()
    agent.get_by_label("Montant, en euros").fill("12,50")
    agent.get_by_role("button", name="Créditer ou débiter", exact=True).click()
    expect(agent.get_by_text("Rien n’est encore fait")).to_be_visible()
    do(agent, "Confirmer : Créditer ou débiter")


def end_the_year(agent: Page, second: Page) -> None:
    open_campaign_page(agent)
    end_tickets(agent)
    open_campaign_page(agent)
    by_two(agent, second, "Clore la campagne", "Fin de l’année")
