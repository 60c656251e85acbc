"""An agent at the telephone: one search, then a few clicks, which are counted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

MOST = 3
# Links and buttons; not what is typed or ticked.
COUNT = """
addEventListener("click", (event) => {
    if (event.target.closest("a, button, [type=submit]"))
        sessionStorage.setItem("clicks", 1 + Number(sessionStorage.getItem("clicks")));
}, true);
"""


class Desk:
    def __init__(self, page: Page, code: str = "") -> None:
        """`code`: of the ticket that who calls has in hand."""
        self.page, self.code = page, code
        page.add_init_script(COUNT)

    @contextmanager
    def call(self, typed: str) -> Iterator[None]:
        """Find who calls by what they say, then answer: in three clicks at most."""
        self.look_up(typed)
        yield
        assert self.clicks <= MOST, f"{typed}: {self.clicks}"

    def look_up(self, typed: str) -> None:
        field = self.page.get_by_label("Chercher partout")
        field.fill(typed)
        with self.page.expect_navigation():
            field.press("Enter")
        # A key that sends a form clicks its button too.
        self.page.evaluate("sessionStorage.removeItem('clicks')")

    @property
    def clicks(self) -> int:
        return int(self.page.evaluate("Number(sessionStorage.getItem('clicks'))"))

    def row(self, words: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("row").filter(has_text=words).first

    def open(self, name: str) -> None:
        """What the search found."""
        self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()

    def act(self, name: str, *, of: str = "", why: str = "Appel de la famille") -> None:
        """The act `name` of the row that has the words `of`, or of the child itself."""
        self.begin(name, of=of)
        self.page.get_by_label("Motif").fill(why)

    def begin(self, name: str, *, of: str = "") -> None:
        where = self.row(of) if of else self.page.get_by_role("main")
        where.get_by_role("link", name=name, exact=True).first.click()

    def choose_offer(self, words: str) -> None:
        self.page.locator(".select2-selection").click()
        self.page.locator(".select2-search__field").fill(words)
        self.page.locator(".select2-results__option").filter(has_text=words).first.click()

    def read(self, name: str) -> None:
        """Send a form whose page is read again before it is confirmed."""
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
        expect(self.page.get_by_text("Rien n’est encore fait.")).to_be_visible()

    def do(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name).click()
        expect(self.page.get_by_text("C’est fait")).to_be_visible()

    def fits(self, width: int) -> None:
        """Nothing is wider than so narrow a screen, but for what moves in its own frame."""
        size = self.page.viewport_size
        assert size
        self.page.set_viewport_size({"width": width, "height": size["height"]})
        assert self.page.evaluate("document.documentElement.scrollWidth") == width
        self.page.set_viewport_size(size)
