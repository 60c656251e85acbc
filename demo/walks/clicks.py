from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def press(page: "Page", words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def open_leisure(page: "Page") -> None:
    if (button := page.get_by_role("button", name="Menu", exact=True)).is_visible():
        button.click()
    page.get_by_role("navigation", name="Menu principal").get_by_text("Loisirs", exact=True).click()


def open_from_menu(page: "Page", words: str) -> None:
    open_leisure(page)
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name=words).click()
