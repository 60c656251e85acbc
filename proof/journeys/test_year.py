"""A whole year of the scheme as an agent leads it, from an empty site to a closed campaign."""

import os
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.demonstration import PASSWORD
from core.money import euros
from demo import trial

from . import paying
from .administration import enrol
from .conftest import Visitors, said_clearly
from .kept_server import KeptServer
from .mailbox import link_in, message_about, text_of
from .shell import shell
from .steps import left_in, menu
from .year import correct, end_the_year, exported, help_a_family, list_of, spend, start_the_year
from .year_files import PARENT

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def start(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `docs/administration.md` finds it: communes, and somebody who appoints the agents."""
    directory = tmp_path_factory.mktemp("new-site")
    os.environ["DJANGO_SUPERUSER_PASSWORD"] = PASSWORD
    with said_clearly():
        trial.prepare_another(
            prepared,
            directory,
            "load_communes",
            "createsuperuser --noinput --username agnes --email agnes@pass.example",
            "createsuperuser --noinput --username basile --email basile@pass.example",
        )
    return directory


def pay(agent: Page, second: Page, key: bytes) -> None:
    """One of two clubs; the bank refuses the other."""
    paying.prepare(agent)
    paying.approve(second, key, total="23,50", payments=2)
    written = paying.taken_file(agent, "CSV canonique").decode("utf-8-sig").splitlines()
    assert [line.split(";")[9] for line in written] == ["montant", "12,50", "11,00"]
    assert paying.taken_file(agent, "États récapitulatifs (ZIP)").count(b"%PDF") == 2
    paying.send(agent)
    paying.reject(agent, "CLUB 9", "Compte clos")
    paying.tell_all_paid(agent, 1)
    list_of(agent, "Lectures d’IBAN")
    expect(agent.get_by_role("row", name="canonique-lot")).to_contain_text("agnes")


def test_a_year(visit: Visitors, mailbox: Path, server: KeptServer):
    agent, second, family = visit(), visit(), visit()
    enrol(agent, "agnes")
    key = enrol(second, "basile")
    start_the_year(agent, second)
    spend(family, link_in(message_about(mailbox, "Votre compte Pass+ est prêt", PARENT["email"])))
    help_a_family(agent)
    assert "ines.gauthier" in text_of(message_about(mailbox, "Vos identifiants", PARENT["email"]))
    correct(agent)

    menu(family, "Loisirs", "Suivi de mes porte-monnaie")
    expect(left_in(family, "Sport")).to_have_text("72,50 €")
    expect(left_in(family, "Culture")).to_have_text("5,00 €")

    list_of(agent, "Tickets")
    assert "CLUB 7" in exported(agent, "CSV").decode("utf-8-sig")
    list_of(agent, "Tickets")
    assert exported(agent, "XLSX").startswith(b"PK")

    paid = shell(server.directory, "from proof.journeys import year_money; print(year_money.go_by())")
    pay(agent, second, key)
    agent.goto("/admin/payments/payment/?issue=paid&q=CLUB+8")
    expect(agent.get_by_role("main")).to_contain_text(euros(Decimal(paid) + Decimal("12.50")))
    end_the_year(agent, second)
    shell(server.directory, "from proof.journeys import year_money; year_money.end()")
    menu(family, "Loisirs", "Suivi de mes porte-monnaie")
    for wallet, lost in (("Sport", "72,50 €"), ("Culture", "5,00 €")):
        told = family.get_by_role("region", name=f"Porte-monnaie {wallet}")
        expect(told.locator("dt:text-is('Perdu, non utilisé à temps') + dd")).to_have_text(lost)
    expect(family.get_by_role("main")).to_contain_text("Crédit non utilisé à temps")
    menu(family, "Loisirs", "Mes transactions")
    expect(family.get_by_role("main")).to_contain_text("Non utilisé")
    expect(family.get_by_role("main").get_by_role("link", name="Annuler")).to_have_count(0)

    list_of(agent, "Journal")
    for done, who in (
        ("fichier importé", "agnes"),
        ("campagne ouverte", "basile"),
        ("solde corrigé", "agnes"),
        ("campagne close", "basile"),
    ):
        expect(agent.get_by_role("row", name=done).first).to_contain_text(who)
