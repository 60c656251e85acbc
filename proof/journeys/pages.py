"""Every page of the full house, one after the other, as a person sees them."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from passplus.tests.crawl import crawl

from .conftest import FullHouse
from .steps import log_in

# A browser needs a second for each.
ALIKE = 2


def every_page(page: Page, house: FullHouse, username: str) -> Iterator[str]:
    """Log in, then yield each address while it is open, loaded and at the top."""
    if username:
        log_in(page, username)
        expect(page.get_by_role("banner")).to_contain_text("Connecté sous")

    def follow(address: str) -> list[str]:
        page.goto(address)
        links: list[str] = page.eval_on_selector_all("a[href]", "all => all.map(link => link.href)")
        return [link.removeprefix(house.site) for link in links]

    return crawl(house.starts[username], follow, alike=ALIKE)
