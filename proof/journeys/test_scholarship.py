"""A parent asks for the supplement of a scholarship: a damaged paper, a good one, an agent who grants it."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from .administration import enrol
from .conftest import Visitors
from .mailbox import message_about, path_in
from .steps import PHONE, go_on, log_in

pytestmark = pytest.mark.journey
CUT: FilePayload = {
    "name": "coupee.jpg",
    "mimeType": "image/jpeg",
    "buffer": b"\xff\xd8\xff\xe0" + b"x" * 500,
}
WORD: FilePayload = {
    "name": "bourse.docx",
    "mimeType": "application/msword",
    "buffer": b"PK\x03\x04" + b"x" * 500,
}


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (800, 1100), "white").save(file, kind)
    return file.getvalue()


PHOTO: FilePayload = {"name": "recto.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG")}
SCAN: FilePayload = {"name": "verso.pdf", "mimeType": "application/pdf", "buffer": picture("PDF")}


@pytest.mark.parametrize(
    ("width", "javascript"),
    [
        pytest.param(PHONE, True, id="phone"),
        pytest.param(PHONE, False, id="phone, without JavaScript"),
        pytest.param(1280, True, id="desktop"),
    ],
)
def test_from_a_damaged_photograph_to_ten_euros_more(
    visit: Visitors, mailbox: Path, width: int, javascript: bool
):
    parent, agent = visit(width=width, javascript=javascript), visit()
    log_in(parent, "parent.test")
    parent.get_by_role("main").get_by_role("link", name="Garance").click()
    parent.get_by_role("link", name="Je suis boursier").click()
    expect(parent.get_by_role("heading", level=1)).to_have_text("Supplément boursier")
    field = parent.get_by_label("Photos ou PDF")
    field.set_input_files([WORD])
    go_on(parent, "Envoyer la demande")
    expect(parent.get_by_role("alert")).to_contain_text("ni une photo ni un PDF")
    field.set_input_files([CUT])
    go_on(parent, "Envoyer la demande")
    expect(parent.get_by_role("status")).to_contain_text("Nous avons reçu")

    parent.goto(path_in(mailbox, "Un papier manque pour Garance"))
    expect(parent.get_by_role("region", name="Votre demande")).to_contain_text("abîmé")
    field.set_input_files([PHOTO, SCAN])
    go_on(parent, "Envoyer ce qui manque")
    expect(parent.get_by_role("region", name="Votre demande")).to_contain_text("Nous vous répondons avant")

    wait_until_read(parent)

    enrol(agent, "agent.test")
    # An enrolment waits too, and has for longer.
    agent.get_by_role("link", name="demandes à lire").click()
    agent.get_by_role("row", name="Garance").get_by_role("link").first.click()
    go_on(agent, "Je m’en occupe")
    expect(agent.get_by_role("region", name="Papiers")).to_contain_text("abîmé")
    shown = agent.get_by_alt_text("Papier envoyé")
    expect(shown).to_be_visible()
    assert shown.evaluate("picture => picture.naturalWidth") == 800
    go_on(agent, "Accorder 10,00 € par porte-monnaie")
    expect(agent.get_by_text("C’est fait")).to_be_visible()

    message_about(mailbox, "Supplément boursier accordé à Garance")
    parent.reload()
    expect(parent.get_by_role("region", name="Votre demande")).to_contain_text("Accordée")
    parent.get_by_role("link", name="Retour à l’accueil").click()
    for sum_ in ("30,00 €", "70,00 €"):
        expect(parent.get_by_role("main")).to_contain_text(sum_)


def wait_until_read(parent: Page, region: str = "Votre demande") -> None:
    """By the worker: the page says so when it is asked again."""
    for _ in range(60):
        if "en cours de lecture" not in parent.get_by_role("region", name=region).inner_text():
            return
        parent.wait_for_timeout(500)
        parent.reload()
    raise AssertionError("nobody opened the papers")
