"""« Comment utiliser son Pass+ Hauts-de-Seine », from the first page of the guide to the last."""

import re
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from .conftest import Visitors
from .paper import Paper
from .steps import (
    PHONE,
    choose_child,
    choose_partner,
    fill_ticket,
    go_on,
    left_in,
    listed_tickets,
    log_in,
    menu,
    pick,
    print_ticked,
)

pytestmark = pytest.mark.journey

NBSP = "\N{NO-BREAK SPACE}"
GARANCE = "Garance TEST CD 92"


@dataclass(frozen=True)
class Walker:
    """Who walks, and with what."""

    login: str
    javascript: bool = True
    width: int = 1280


@pytest.mark.parametrize(
    "walker",
    [
        pytest.param(Walker("parent.test"), id="a parent"),
        pytest.param(Walker("parent.test", javascript=False), id="a parent, without JavaScript"),
        pytest.param(Walker("garance.test"), id="the child itself"),
        pytest.param(Walker("garance.test", width=PHONE), id="the child, on a telephone"),
    ],
)
def test_the_guide(visit: Visitors, walker: Walker):
    page = visit(javascript=walker.javascript, width=walker.width)
    connect(page, walker)
    create_a_ticket_for_a_known_partner(page, walker)
    number = find_it_in_the_statement(page)
    print_it(page, number)
    cancel_it(page, number, walker)
    create_six_paper_tickets(page)
    print_all_six(page)


def connect(page: Page, walker: Walker) -> None:
    log_in(page, walker.login)
    if walker.login == "parent.test":
        expect(page.get_by_role("heading", name="Mes enfants")).to_be_visible()
        choose_child(page, GARANCE)
    expect(page.get_by_role("banner")).to_contain_text(f"Connecté sous : {GARANCE}")


def create_a_ticket_for_a_known_partner(page: Page, walker: Walker) -> None:
    menu(page, "Loisirs", "Effectuer une transaction")
    expect(
        page.get_by_label("Je connais l’organisme dans lequel je vais utiliser mon ticket")
    ).to_be_checked()
    go_on(page)

    expect(page.get_by_role("heading", name="Recherche de l’organisme")).to_be_visible()
    choose_partner(page, "Antony", "culturelle", "MAITRISE STE MARIE D ANTONY", javascript=walker.javascript)

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Création ticket - organisme choisi : MAITRISE STE MARIE D ANTONY"
    )
    expect(page.get_by_role("main")).to_contain_text("Il me reste 60,00 € de tickets à générer")
    fill_ticket(page, "50,00", "Chant choral")
    go_on(page, "Valider le ticket")

    expect(page.get_by_role("heading", name="Création ticket")).to_be_visible()
    assert page.get_by_text("Félicitations").inner_text() == (
        f"Félicitations{NBSP}! Votre ticket de 50,00{NBSP}€ a bien été généré. "
        "Vous pouvez dès à présent imprimer votre ticket."
    )
    page.get_by_role("link", name="Retour à l’accueil").click()


def find_it_in_the_statement(page: Page) -> str:
    menu(page, "Loisirs", "Suivi de mes porte-monnaie")
    expect(left_in(page, "Culture")).to_have_text("10,00 €")
    expect(left_in(page, "Sport")).to_have_text("20,00 €")

    menu(page, "Loisirs", "Mes transactions")
    expect(page.get_by_role("heading", name="Relevé de mes transactions")).to_be_visible()
    expect(listed_tickets(page)).to_have_count(1)
    date, number, *rest = [
        cell.strip() for cell in listed_tickets(page).locator("th, td").all_text_contents()
    ]
    assert date == f"{timezone.localdate():%d/%m/%Y}"
    assert number.isdecimal()
    assert rest[:4] == [
        "MAITRISE STE MARIE D ANTONY",
        "Activités culturelles",
        f"50,00{NBSP}€",
        "Non utilisé",
    ]
    return number


def print_it(page: Page, number: str) -> None:
    listed_tickets(page).get_by_role("checkbox", name="Imprimer").check()
    paper = Paper(print_ticked(page))
    assert paper.page_count == 1
    assert paper.language == "fr"
    assert paper.is_tagged
    for words in (f"n° {number}", GARANCE, "MAITRISE STE MARIE D ANTONY", "50,00 €"):
        assert words in paper.text

    (address,) = paper.qr_addresses
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Ticket n° {number}")
    expect(page.get_by_role("main")).to_contain_text("MAITRISE STE MARIE D ANTONY")


def cancel_it(page: Page, number: str, walker: Walker) -> None:
    menu(page, "Loisirs", "Mes transactions")
    listed_tickets(page).get_by_role("link", name=f"Annuler le ticket n° {number}").click()
    expect(page.get_by_role("main")).to_contain_text(
        "50,00 € reviennent tout de suite sur le porte-monnaie Culture"
    )
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"jusqu’au \d"))
    go_on(page, "Annuler le ticket")
    expect(page.get_by_role("status")).to_contain_text(f"Le ticket n° {number} est annulé.")
    expect(listed_tickets(page)).to_have_count(0)

    page.get_by_label("Afficher mes tickets annulés").check()
    if not walker.javascript:
        go_on(page, "Actualiser")
    expect(listed_tickets(page)).to_contain_text([re.compile(rf"{number}.*Annulé", re.DOTALL)])

    menu(page, "Loisirs", "Suivi de mes porte-monnaie")
    expect(left_in(page, "Culture")).to_have_text("60,00 €")


def create_six_paper_tickets(page: Page) -> None:
    menu(page, "Loisirs", "Effectuer une transaction")
    pick(
        page,
        "Je préfère créer mes tickets tout de suite, "
        "je verrai plus tard dans quel organisme je les utiliserai",
    )
    go_on(page)

    expect(page.get_by_text("Effectuer une transaction par ticket papier (non affecté)")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Création de ticket :")
    pick(page, "Je souhaite créer 6 tickets de 10 € sur le porte-monnaie Culture")
    go_on(page)

    expect(page.get_by_text("Félicitations")).to_have_text(
        "Félicitations ! Vos 6 tickets de 10,00 € ont bien été générés. "
        "Vous pouvez dès à présent imprimer vos tickets."
    )
    page.get_by_role("link", name="Retour à l’accueil").click()


def print_all_six(page: Page) -> None:
    menu(page, "Loisirs", "Mes transactions")
    expect(listed_tickets(page)).to_have_count(6)
    for box in page.get_by_role("checkbox", name="Imprimer").all():
        box.check()
    paper = Paper(print_ticked(page))
    assert paper.page_count == 2
    assert paper.text.count("(dix euros)") == 6
    assert len(set(paper.qr_addresses)) == 6
