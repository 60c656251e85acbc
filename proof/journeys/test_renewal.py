"""A child of last year that no list has brought: its parent enrols it again, an agent reads one paper."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .administration import enrol
from .conftest import Visitors
from .kept_server import KeptServer
from .mailbox import path_in
from .shell import shell
from .steps import PHONE, go_on, log_in
from .test_scholarship import PHOTO, SCAN, wait_until_read

pytestmark = pytest.mark.journey
LAST_YEAR = """
from accounts.models import User
from applications.tests.factories import make_last_year_s
make_last_year_s(User.objects.get(username="voisin.test"), first_name="Ilian", last_name="VOISIN CD 92")
"""


@pytest.mark.parametrize(
    ("width", "javascript"),
    [
        pytest.param(PHONE, True, id="phone"),
        pytest.param(PHONE, False, id="phone, without JavaScript"),
        pytest.param(1280, True, id="desktop"),
        pytest.param(1280, False, id="desktop, without JavaScript"),
    ],
)
def test_the_wallets_of_this_year_by_one_page(
    visit: Visitors, server: KeptServer, mailbox: Path, width: int, javascript: bool
):
    shell(server.directory, LAST_YEAR)
    parent, agent = visit(width=width, javascript=javascript), visit()
    log_in(parent, "voisin.test")
    parent.goto("/mon-compte/")
    parent.get_by_role("region", name="Ilian").get_by_role("link", name="Réinscrire Ilian").click()
    expect(parent.get_by_role("heading", level=1)).to_have_text("Réinscrire Ilian")
    expect(parent.get_by_label("Classe").locator("option:checked")).to_have_text("4e")
    expect(parent.get_by_label("Commune où il habite").locator("option:checked")).to_have_text("Antony")
    go_on(parent, "Confirmer et envoyer")
    expect(parent.get_by_role("alert")).to_contain_text("À corriger")
    parent.get_by_label("Photos ou PDF").set_input_files([PHOTO, SCAN])
    go_on(parent, "Confirmer et envoyer")
    expect(parent.get_by_role("status")).to_contain_text("Nous avons reçu")
    wait_until_read(parent, "Ilian VOISIN CD 92")

    enrol(agent, "agent.test")
    agent.goto("/admin/applications/application/?q=ilian")
    agent.get_by_role("row", name="Ilian").get_by_role("link").first.click()
    go_on(agent, "Je m’en occupe")
    expect(agent.get_by_label("Réinscrire Ilian")).to_be_checked()
    go_on(agent, "Inscrire")
    expect(agent.get_by_text("C’est fait")).to_be_visible()

    parent.goto(path_in(mailbox, "Inscription acceptée pour Ilian", "voisin.test@passplus.example"))
    expect(parent.get_by_role("heading", level=1)).to_have_text("Bonjour Ilian")
    for sum_ in ("60,00 €", "20,00 €"):
        expect(parent.get_by_role("main")).to_contain_text(sum_)
    parent.goto("/mon-compte/")
    expect(parent.get_by_role("region", name="Ilian")).to_contain_text("4e")
    expect(parent.get_by_role("link", name="Réinscrire")).to_have_count(0)
