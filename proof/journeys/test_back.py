"""« Back », « Forward » and reload, after a form that was refused and one that was not."""

import pytest
from playwright.sync_api import Page, expect

from accounts.demonstration import PASSWORD

from .conftest import Visitors
from .steps import fill_ticket, go_on, go_to_known_partner, leave_by, listed_tickets, log_in, menu
from .test_offline import wait_until_ready

pytestmark = pytest.mark.journey
TOO_MUCH = "Il ne reste que 60,00 € dans ce porte-monnaie."


def is_honest(page: Page) -> None:
    """No page of the browser's own, nor the one of no network."""
    expect(page.get_by_role("banner")).to_contain_text("Bénéficiaire Pass +")
    assert "pas arrivée" not in page.content()


def test_error_success_back(visit: Visitors):
    """family.md 1: the network was up, and the page said « hors ligne »."""
    page = visit(offline=True)
    log_in(page, "garance.test", "pas le bon du tout")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("n’est pas le bon")
    expect(page.get_by_label("Identifiant")).to_have_value("garance.test")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    go_on(page, "Connexion")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Garance")
    wait_until_ready(page)
    page.go_back()
    is_honest(page)
    page.go_forward()
    is_honest(page)

    go_to_known_partner(page)
    fill_ticket(page, "999")
    go_on(page, "Valider le ticket")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text(TOO_MUCH)
    menu(page, "Loisirs", "Mes transactions")
    page.go_back()
    # As it was left, though no page of the family is ever kept.
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text(TOO_MUCH)
    expect(page.get_by_label("Montant du ticket")).to_have_value("999")
    fill_ticket(page, "50")
    go_on(page, "Valider le ticket")
    expect(page.get_by_text("Félicitations")).to_be_visible()
    page.go_back()
    is_honest(page)
    expect(page.get_by_label("Montant du ticket")).to_have_value("999")

    # Sent again by mistake, the form of a ticket that exists makes no other.
    fill_ticket(page, "50")
    go_on(page, "Valider le ticket")
    expect(page.get_by_text("Félicitations")).to_be_visible()
    menu(page, "Loisirs", "Mes transactions")
    expect(listed_tickets(page)).to_have_count(1)


def test_reload_after_each_form(visit: Visitors):
    """family.md 1 and 24: the answer of a form was a page that only another sending showed again."""
    page = visit(width=375)
    sent: list[str] = []
    page.on("request", lambda it: sent.append(it.url) if it.method == "POST" else None)

    def reload_sends_nothing() -> None:
        before = len(sent)
        page.reload()
        is_honest(page)
        assert len(sent) == before

    def refused_and_reloaded() -> None:
        """The page of the refusal is there first: a click does not wait for it."""
        expect(page.get_by_role("alert")).to_be_visible()
        page.wait_for_load_state()
        reload_sends_nothing()

    log_in(page, "parent.test", "pas le bon du tout")
    refused_and_reloaded()
    page.get_by_label("Mot de passe").fill(PASSWORD)
    leave_by(page, "Connexion")
    page.goto("/mon-compte/coordonnees/")
    page.get_by_label("Code postal").fill("9216")
    go_on(page, "Enregistrer mes coordonnées")
    refused_and_reloaded()
    page.goto("/mon-compte/e-mail/")
    go_on(page, "Recevoir le lien")
    refused_and_reloaded()
    page.goto("/mon-compte/mot-de-passe/")
    go_on(page, "Enregistrer le mot de passe")
    refused_and_reloaded()
    page.goto("/mon-compte/")
    page.get_by_role("link", name="accès").first.click()
    page.get_by_role("button", name="l’accès").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("est prêt")
    reload_sends_nothing()
    expect(page.get_by_role("heading", level=1)).to_contain_text("est prêt")
