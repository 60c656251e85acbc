"""What a club does at its counter."""

import io

import pypdfium2
from playwright.sync_api import Page, expect

from core.tests.photographs import encoded

from .steps import go_on


def photograph(pdf: bytes) -> bytes:
    """Of its first page, which has three tickets."""
    page = pypdfium2.PdfDocument(io.BytesIO(pdf))[0].render(scale=4).to_pil()
    return encoded(page.rotate(7, expand=True, fillcolor="grey"), quality=85)


def check(page: Page, code: str) -> None:
    page.get_by_label("Code du ticket").fill(code)
    go_on(page, "Vérifier")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ticket à confirmer")


def bring_photo(page: Page, content: bytes, *, javascript: bool) -> None:
    page.get_by_label("Photographier").set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": content}
    )
    if not javascript:
        go_on(page, "Lire la photo")


def paste(page: Page, codes: list[str]) -> None:
    page.get_by_role("link", name="Plusieurs tickets").click()
    page.get_by_label("Codes des tickets").fill("\n".join(codes))
    go_on(page, "Vérifier")


def tick_the_assigned_one(page: Page) -> None:
    page.get_by_role("link", name="Tickets qui vous attendent").click()
    page.get_by_role("checkbox").check()
    go_on(page, "Utiliser les tickets cochés")


def confirm(page: Page, button: str, told: str) -> None:
    expect(page.get_by_role("button", name=button)).to_be_visible()
    activity = page.get_by_label("Activité Culture")
    if activity.count() and activity.input_value() == "":
        activity.select_option(label="Chant choral")
    go_on(page, button)
    expect(page.get_by_role("main")).to_contain_text(told)
