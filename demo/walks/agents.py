"""Pages of the administration that are alike: each list with its first row, each act on a row."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page
from .clicks import follow

LISTS = "#content-main th[scope=row] a"
FIRST_ROW = "#result_list tbody th a"
ACTS = ".object-tools a"
ADDRESSES = "links => links.map(link => link.getAttribute('href'))"


def every_list(page: "Page") -> Iterator[str]:
    page.goto("/admin/")
    for address in _addresses(page.locator(LISTS)):
        page.goto(address)
        yield f"liste-{_last_part(address)}"
        row = page.locator(FIRST_ROW).first
        if row.count():
            follow(row)
            yield f"fiche-{_last_part(address)}"


def every_act(page: "Page", of: str) -> Iterator[str]:
    """Those that the page at hand offers; « Historique » and the like are among them."""
    page.wait_for_load_state()
    for address in _addresses(page.locator(ACTS)):
        page.goto(address)
        yield f"{of}-{_last_part(address)}"


def _addresses(links: "Locator") -> list[str]:
    found: list[str] = links.evaluate_all(ADDRESSES)
    return found


def _last_part(address: str) -> str:
    return address.partition("?")[0].rstrip("/").rpartition("/")[2]
