"""What two agents do with a batch, in the administration."""

from pathlib import Path

from django_otp.oath import totp
from playwright.sync_api import Page, expect

from .administration import do
from .year import list_of
from .year_files import TODAY

DAY = f"{TODAY:%d/%m/%Y}"


def open_batch(page: Page) -> None:
    """The newest."""
    list_of(page, "Lots")
    page.locator("#result_list tbody tr").first.get_by_role("link").first.click()


def prepare(page: Page) -> None:
    """All that was used, today included."""
    list_of(page, "Lots")
    page.get_by_role("link", name="Préparer un lot").click()
    page.get_by_label("Dernier jour").fill(DAY)
    page.get_by_role("button", name="Préparer").click()
    until(page, "préparé")


def approve(page: Page, key: bytes, *, total: str, payments: int) -> None:
    """By another agent, who types it again, with the code that its telephone shows next."""
    open_batch(page)
    page.get_by_role("link", name="Approuver", exact=True).click()
    page.get_by_label("Total du lot").fill(total)
    page.get_by_label("Nombre de paiements").fill(str(payments))
    page.get_by_label("Code de votre téléphone").fill(f"{totp(key, drift=1):06}")
    do(page, "Approuver")


def taken_file(page: Page, name: str) -> bytes:
    """As soon as the worker has made it."""
    open_batch(page)
    until(page, "États récapitulatifs (ZIP)")
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return Path(download.value.path()).read_bytes()


def send(page: Page) -> None:
    page.get_by_role("link", name="Transmettre", exact=True).click()
    do(page, "Transmettre")


def reject(page: Page, club: str, why: str) -> None:
    list_of(page, "Paiements")
    page.get_by_role("row", name=club).first.get_by_role("link").first.click()
    page.get_by_role("link", name="Rejeté", exact=True).click()
    page.get_by_label("Date").fill(DAY)
    page.get_by_label("Motif").fill(why)
    do(page, "Rejeté")


def tell_all_paid(page: Page, payments: int) -> None:
    open_batch(page)
    page.get_by_role("link", name="Dire payés", exact=True).click()
    page.get_by_label("Date").fill(DAY)
    page.get_by_label("Mandat").fill("2026-004512")
    page.get_by_label("Pour confirmer").fill(str(payments))
    do(page, "Dire payés")
    until(page, "soldé")


def until(page: Page, words: str) -> None:
    """Loaded again, as the page asks, until the worker has done it."""
    for _ in range(60):
        if page.get_by_role("main").get_by_text(words).first.is_visible():
            return
        page.wait_for_timeout(500)
        page.reload()
    expect(page.get_by_role("main")).to_contain_text(words)
