"""The club's half of the guide: what a family made by it, the club uses, by each way in."""

import csv
import io
from collections import Counter
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from .conftest import Visitors
from .counter import bring_photo, check, confirm, paste, photograph, tick_the_assigned_one
from .paper import Paper
from .steps import (
    PHONE,
    fill_ticket,
    go_on,
    go_to_known_partner,
    go_to_paper,
    identify,
    listed_tickets,
    log_in,
    menu,
)

pytestmark = pytest.mark.journey

CLUB = "MAITRISE STE MARIE D ANTONY"
USED = "Ticket utilisé : 5,00 € à déduire du prix."


@dataclass(frozen=True)
class Device:
    javascript: bool
    width: int


@pytest.mark.parametrize(
    "device",
    [
        pytest.param(Device(javascript=True, width=1280), id="on a PC"),
        pytest.param(Device(javascript=False, width=PHONE), id="on a telephone, without JavaScript"),
    ],
)
def test_the_club_uses_what_the_family_made(visit: Visitors, device: Device):
    family = visit(javascript=device.javascript, width=device.width)
    log_in(family, "garance.test")
    create_an_assigned_ticket(family, device)
    pdf = create_eight_paper_tickets(family)
    addresses = Paper(pdf).qr_addresses
    scanned, typed, pasted, *many = addresses[3:]

    club = visit(javascript=device.javascript, width=device.width)
    come_by_the_square(club, scanned)
    confirm(club, "Utiliser le ticket", USED)
    mistype(club, javascript=device.javascript)
    check(club, code_in(typed).lower())
    confirm(club, "Utiliser le ticket", USED)
    check(club, pasted)
    confirm(club, "Utiliser le ticket", USED)
    bring_photo(club, photograph(pdf), javascript=device.javascript)
    confirm(club, "Utiliser les 3 tickets", "3 tickets utilisés, 15,00 €")
    paste(club, [*many, typed])
    expect(club.get_by_role("main")).to_contain_text("déjà utilisé chez vous")
    confirm(club, "Utiliser les 2 tickets", "2 tickets utilisés, 10,00 €")
    club.get_by_role("link", name="Retour au guichet").click()
    tick_the_assigned_one(club)
    confirm(club, "Utiliser le ticket", "Ticket utilisé : 10,00 €")
    assert ways_told_by(club) == {
        "code scanné": 2,
        "code saisi": 1,
        "photographié": 3,
        "plusieurs codes à la fois": 2,
        "choisi dans la liste": 1,
    }

    read_where_they_were_used(family)


def create_an_assigned_ticket(page: Page, device: Device) -> None:
    go_to_known_partner(page, javascript=device.javascript)
    fill_ticket(page, "10,00")
    go_on(page, "Valider le ticket")
    expect(page.get_by_text("Félicitations")).to_be_visible()


def create_eight_paper_tickets(page: Page) -> bytes:
    go_to_paper(page)
    page.get_by_role("main").get_by_role("link", name="Culture").click()
    page.get_by_label("Nombre de tickets").fill("8")
    page.get_by_label("Montant de chaque ticket").fill("5")
    go_on(page, "Créer les tickets")
    printed = page.get_by_role("link", name="Imprimer", exact=True).get_attribute("href")
    return page.context.request.get(f"{printed}").body()


def come_by_the_square(page: Page, address: str) -> None:
    """By the telephone's own camera. Who is not known yet reads nothing of the ticket."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Un ticket Pass+")
    expect(page.get_by_role("main")).not_to_contain_text("Garance")
    page.get_by_role("link", name="Se connecter").click()
    identify(page, "guichet.test")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ticket à confirmer")
    expect(page.get_by_role("main")).to_contain_text("Garance TEST CD 92")


def mistype(page: Page, *, javascript: bool) -> None:
    """What was refused does not stand in the way of what a scanner types next."""
    page.get_by_label("Code du ticket").fill("0000-0000-0000-1")
    go_on(page, "Vérifier")
    expect(page.get_by_role("main")).to_contain_text("Ce code est mal recopié")
    if javascript:
        page.keyboard.type("next")
        expect(page.get_by_label("Code du ticket")).to_have_value("next")


def ways_told_by(page: Page) -> Counter[str]:
    """By the list that a treasurer downloads."""
    page.get_by_role("link", name="Retour au guichet").click()
    page.get_by_role("link", name="Utilisés ce mois").click()
    address = page.get_by_role("link", name="Télécharger (CSV)").get_attribute("href")
    listed = page.context.request.get(f"{address}").body().decode("utf-8-sig")
    return Counter(line["Moyen"] for line in csv.DictReader(io.StringIO(listed), delimiter=";"))


def read_where_they_were_used(page: Page) -> None:
    menu(page, "Loisirs", "Mes transactions")
    expect(listed_tickets(page)).to_have_count(9)
    for line in listed_tickets(page).all():
        expect(line).to_contain_text(CLUB)
        expect(line.get_by_text("Utilisé", exact=True)).to_be_visible()
    listed_tickets(page).first.get_by_role("link").click()
    told = f"Utilisé chez {CLUB} le {timezone.localdate():%d/%m/%Y}"
    expect(page.get_by_role("region", name="Ce qui lui est arrivé")).to_contain_text(told)
    expect(page.get_by_role("link", name="Ce n’est pas normal")).to_be_visible()


def code_in(address: str) -> str:
    return address.rpartition("/T/")[2].strip("/")
