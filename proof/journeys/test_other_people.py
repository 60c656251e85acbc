"""What a child's ticket is to others: the same to a second guardian, nothing at all to a stranger."""

import pytest
from playwright.sync_api import expect

from .conftest import Visitors
from .paper import Paper
from .steps import choose_child, go_on, listed_tickets, log_in, make_ticket, menu, print_ticked

pytestmark = pytest.mark.journey


def test_a_second_guardian_sees_and_cancels_what_the_first_made(visit: Visitors):
    first, second = visit(), visit()
    log_in(first, "parent.test")
    choose_child(first, "Garance TEST CD 92")
    make_ticket(first, "50")

    log_in(second, "parent2.test")
    menu(second, "Loisirs", "Mes transactions")
    expect(listed_tickets(second)).to_contain_text(["50,00 €"])
    listed_tickets(second).get_by_role("link", name="Annuler").click()
    go_on(second, "Annuler le ticket")

    menu(first, "Loisirs", "Mes transactions")
    expect(listed_tickets(first)).to_have_count(0)


def test_a_stranger_finds_no_page_of_hers(visit: Visitors):
    family = visit()
    log_in(family, "garance.test")
    addresses = [family.url]
    make_ticket(family, "50")
    addresses += [family.url]
    for choice in ("Suivi de mes porte-monnaie", "Mes transactions", "Effectuer une transaction"):
        menu(family, "Loisirs", choice)
        addresses += [family.url]
    menu(family, "Loisirs", "Mes transactions")
    ticket = listed_tickets(family).get_by_role("link", name="Annuler")
    addresses += [f"{family.url}1/", str(ticket.get_attribute("href"))]
    listed_tickets(family).get_by_role("checkbox", name="Imprimer").check()
    addresses += [*Paper(print_ticked(family)).qr_addresses, f"{family.url}impression/?ticket=1"]

    stranger = visit(refusals={404})
    log_in(stranger, "voisin.test")
    for address in addresses:
        stranger.goto(address)
        told = "Un ticket Pass+" if "/T/" in address else "Cette page n’existe pas"
        expect(stranger.get_by_role("heading", level=1)).to_have_text(told)
        expect(stranger.get_by_role("main")).not_to_contain_text("Garance")
