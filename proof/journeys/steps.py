"""What a family does on the site, in the words of the guide."""

import re

from playwright.sync_api import Locator, Page, expect

from accounts.demonstration import PASSWORD

PHONE = 375


def log_in(page: Page, username: str, password: str = PASSWORD, *, stay: bool = False) -> None:
    page.goto("/Accueil/")
    identify(page, username, password, stay=stay)


def identify(page: Page, username: str, password: str = PASSWORD, *, stay: bool = False) -> None:
    """On the page that asks who comes."""
    page.get_by_label("Identifiant").fill(username)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_label("Restez connecté").set_checked(stay)
    leave_by(page, "Connexion")


def leave_by(page: Page, button: str) -> None:
    """A form that first removes the kept tickets, and leaves a moment after the click."""
    with page.expect_navigation(wait_until="commit"):
        page.get_by_role("button", name=button).click()


def choose_password(page: Page, password: str) -> None:
    """On the page that a link leads to."""
    page.get_by_label(re.compile("^Nouveau mot de passe")).fill(password)
    page.get_by_label("Confirmation").fill(password)
    page.get_by_role("button", name="Enregistrer le mot de passe").click()


def choose_child(page: Page, full_name: str) -> None:
    """By the arrow beside the name."""
    top = page.get_by_role("banner")
    top.get_by_text("Connecté sous").click()
    top.get_by_role("link", name=full_name).click()
    expect(top).to_contain_text(f"Connecté sous : {full_name}")


def menu(page: Page, entry: str, choice: str) -> None:
    if page.viewport_size and page.viewport_size["width"] <= PHONE:
        page.get_by_role("button", name="Menu", exact=True).click()
    navigation = page.get_by_role("navigation", name="Menu principal")
    navigation.get_by_text(entry, exact=True).click()
    navigation.get_by_role("link", name=choice).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def go_on(page: Page, button: str = "Continuer") -> None:
    page.get_by_role("button", name=button).click()


def pick(page: Page, choice: str) -> None:
    """Select a radio by its words, which lie over the little circle."""
    page.locator("label").filter(has_text=choice).click()
    expect(page.get_by_label(choice)).to_be_checked()


def choose_partner(page: Page, commune: str, kind: str, name: str, *, javascript: bool = True) -> None:
    """Three selects that narrow each other: by themselves, or by « Continuer » without JavaScript.

    At the pace of somebody who looks; test_partner_search.py is in more of a hurry.
    """
    # By then the scripts are at work: « Continuer » would do as well, but in more steps.
    page.wait_for_load_state()
    for label, choice in (("Commune", commune), ("Activités", kind)):
        page.get_by_label(f"{label} de l’organisme").select_option(label=choice)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
    if not javascript:
        go_on(page)
    page.get_by_label("Nom de l’organisme").select_option(label=name)
    go_on(page)


def go_to_known_partner(page: Page, *, javascript: bool = True) -> None:
    """As far as the form that asks for the amount, at the organisme of the guide."""
    menu(page, "Loisirs", "Effectuer une transaction")
    go_on(page)
    choose_partner(page, "Antony", "culturelle", "MAITRISE STE MARIE D ANTONY", javascript=javascript)


def fill_ticket(page: Page, amount: str, activity: str = "Chant choral") -> None:
    page.get_by_label("Montant du ticket").fill(amount)
    page.get_by_label("Activité :").select_option(label=activity)


def make_ticket(page: Page, amount: str) -> None:
    go_to_known_partner(page)
    fill_ticket(page, amount)
    go_on(page, "Valider le ticket")
    expect(page.get_by_text("Félicitations")).to_be_visible()


def go_to_paper(page: Page) -> None:
    menu(page, "Loisirs", "Effectuer une transaction")
    pick(page, "Je préfère créer mes tickets tout de suite")
    go_on(page)


def left_in(page: Page, wallet: str) -> Locator:
    """The sum that « Suivi de mes porte-monnaie » gives as left."""
    return page.get_by_role("region", name=f"Porte-monnaie {wallet}").locator("dt:text-is('Reste') + dd")


def listed_tickets(page: Page) -> Locator:
    """The lines of « Relevé de mes transactions »."""
    return page.get_by_role("main").get_by_role("table").locator("tbody tr")


def print_ticked(page: Page) -> bytes:
    return pdf_behind(page, "Imprimer les tickets cochés", "**/impression/?*")


def pdf_behind(page: Page, button: str, address: str) -> bytes:
    """The PDF that the button brings, taken on its way: a viewer has nothing that a test could read."""
    answers = []

    def take(route) -> None:
        answers.append(route.fetch())
        route.fulfill(status=204)

    page.route(address, take)
    with page.expect_response(address):
        page.get_by_role("button", name=button, exact=True).click()
    page.unroute(address)
    (answer,) = answers
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()
