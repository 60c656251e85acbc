from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def follow(link: "Locator") -> None:
    """Return once the page that it leads to is there: until it comes, the one before is."""
    with link.page.expect_event("domcontentloaded"):
        link.click()


def press(page: "Page", words: str) -> None:
    follow(page.get_by_role("button", name=words, exact=True))


def open_leisure(page: "Page") -> None:
    if (button := page.get_by_role("button", name="Menu", exact=True)).is_visible():
        button.click()
    page.get_by_role("navigation", name="Menu principal").get_by_text("Loisirs", exact=True).click()


def open_from_menu(page: "Page", words: str) -> None:
    open_leisure(page)
    follow(page.get_by_role("navigation", name="Menu principal").get_by_role("link", name=words))
