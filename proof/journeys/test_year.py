"""A whole year of the scheme as an agent leads it, from an empty site to a closed campaign."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.demonstration import PASSWORD
from demo import trial

from .administration import enrol
from .conftest import Visitors, said_clearly
from .mailbox import link_in, message_about, text_of
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


def test_a_year(visit: Visitors, mailbox: Path):
    agent, second, family = visit(), visit(), visit()
    enrol(agent, "agnes")
    enrol(second, "basile")
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

    end_the_year(agent, second)
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
