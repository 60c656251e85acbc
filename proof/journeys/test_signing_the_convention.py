"""A version of the convention, from the agent who writes it to the organisme that has its attestation."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .administration import act, do, enrol
from .conftest import Visitors
from .convention import ask_for_code, other_than, sign
from .paper import Paper
from .steps import PHONE, log_in
from .test_treasurer import give_second_factor
from .year import list_of

pytestmark = pytest.mark.journey
TITLE = "Convention de la rentrée"
TEXT = "# Article 1. Les tickets\n\nL’organisme accepte chaque ticket **pour sa valeur entière**."
WORDS = "L’organisme accepte chaque ticket pour sa valeur entière."
MANAGER, ADDRESS = "responsable.test", "responsable.test@passplus.example"
NAME = "Rose RESPONSABLE CD 92"


@pytest.mark.parametrize(
    ("width", "javascript"),
    [
        pytest.param(PHONE, True, id="phone"),
        pytest.param(PHONE, False, id="phone, without JavaScript"),
        pytest.param(1280, True, id="desktop"),
    ],
)
def test_from_its_text_to_the_attestation(visit: Visitors, mailbox: Path, width: int, javascript: bool):
    administrator, manager = visit(), visit(width=width, javascript=javascript)
    enrol(administrator, "agent.test")
    put_in_force(administrator)

    log_in(manager, MANAGER)
    open_my_organisme(manager)
    give_second_factor(manager)
    section = manager.get_by_role("region", name="Convention")
    expect(section).to_contain_text(f"« {TITLE} » est en vigueur")
    section.get_by_role("link", name="Lire et signer la convention").click()
    expect(manager.get_by_role("region", name=TITLE)).to_contain_text(WORDS)
    code = ask_for_code(manager, mailbox, ADDRESS)
    manager.get_by_label("Votre qualité dans l’organisme").fill("présidente")
    sign(manager, other_than(code))
    refusal = manager.get_by_role("alert")
    expect(refusal).to_contain_text("Ce n’est pas le dernier code envoyé.")
    expect(refusal).to_be_in_viewport()
    expect(manager.get_by_label("Votre qualité dans l’organisme")).to_have_value("présidente")
    sign(manager, code)

    expect(manager.get_by_role("status")).to_contain_text("La convention est signée")
    expect(section).to_contain_text(f"Signée par {NAME} le ")
    attestation = Paper(taken_attestation(manager))
    assert WORDS in attestation.text
    assert f"Signée par {NAME}, présidente" in attestation.text
    section.get_by_role("link", name="Relire la convention").click()
    expect(manager.get_by_role("region", name="Elle est signée")).to_contain_text(f"Par {NAME}, présidente")
    manager.get_by_role("link", name="Retour").click()
    expect(manager.get_by_role("heading", level=1)).to_have_text("Mon organisme")


def put_in_force(administrator: Page) -> None:
    list_of(administrator, "Convention des organismes")
    administrator.get_by_role("link", name="Ajouter version de la convention").click()
    administrator.get_by_label("Version").fill(TITLE)
    administrator.get_by_label("Texte").fill(TEXT)
    administrator.get_by_role("button", name="Enregistrer", exact=True).click()
    administrator.locator("#result_list").get_by_role("link", name=TITLE).click()
    act(administrator, "Mettre en vigueur", why="Vote du 12 novembre")
    do(administrator, "Mettre en vigueur")


def open_my_organisme(page: Page) -> None:
    if page.viewport_size and page.viewport_size["width"] <= PHONE:
        page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("link", name="Mon organisme").click()


def taken_attestation(page: Page) -> bytes:
    """As soon as the worker has made it."""
    link = page.get_by_role("region", name="Convention").get_by_role("link", name="Télécharger l’attestation")
    for _ in range(60):
        if page.request.head(link.get_attribute("href") or "").headers["content-type"] == "application/pdf":
            break
        page.wait_for_timeout(500)
    with page.expect_download() as download:
        link.click()
    return Path(download.value.path()).read_bytes()
