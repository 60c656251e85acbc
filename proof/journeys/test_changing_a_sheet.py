"""A manager asks for another telephone and one more activity; an agent reads it; the directory says it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .administration import enrol
from .conftest import Visitors
from .mailbox import path_in
from .steps import PHONE, go_on, log_in
from .test_treasurer import give_second_factor

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    ("width", "javascript"),
    [
        pytest.param(PHONE, True, id="phone"),
        pytest.param(1280, False, id="desktop, without JavaScript"),
    ],
)
def test_from_my_organisme_to_the_directory(visit: Visitors, mailbox: Path, width: int, javascript: bool):
    manager, agent = visit(width=width, javascript=javascript), visit()
    log_in(manager, "responsable.test")
    manager.goto(
        str(
            manager.get_by_role("link", name="Mon organisme", include_hidden=True).first.get_attribute("href")
        )
    )
    give_second_factor(manager)
    manager.get_by_role("link", name="Changer la fiche").click()
    name = manager.get_by_label("Nom, comme les familles le connaissent").input_value()
    go_on(manager, "Demander ce changement")
    expect(manager.get_by_role("main")).to_contain_text("changez au moins une ligne")
    manager.get_by_label("Téléphone, montré aux familles").fill("01 40 96 99 99")
    manager.get_by_label("Activité 1", exact=True).select_option(label="Judo")
    go_on(manager, "Demander ce changement")
    expect(manager.get_by_role("main")).to_contain_text("Choisissez lequel paie")
    manager.get_by_label("Porte-monnaie de l’activité 1").select_option(label="Sport")
    go_on(manager, "Demander ce changement")
    request = manager.get_by_role("region", name="Votre demande")
    expect(request).to_contain_text("01 40 96 99 99")
    expect(request).to_contain_text("Judo (Sport)")
    expect(request).to_contain_text("Nous vous répondons avant")

    enrol(agent, "agent.test")
    agent.goto("/admin/applications/application/?kind__exact=sheet&state__exact=sent")
    agent.get_by_role("row", name=name).get_by_role("link").first.click()
    go_on(agent, "Je m’en occupe")
    expect(agent.get_by_role("main")).to_contain_text("→ 01 40 96 99 99")
    go_on(agent, "Changer la fiche")
    expect(agent.get_by_text("C’est fait")).to_be_visible()

    manager.goto(path_in(mailbox, "Fiche changée pour"))
    expect(request).to_contain_text("Acceptée")
    manager.get_by_role("link", name="Retour").first.click()
    expect(manager.get_by_role("main")).to_contain_text("01 40 96 99 99")
    expect(manager.get_by_role("main")).to_contain_text("Judo")
