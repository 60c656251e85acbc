"""What people set for their eyes: zoom at 400 %, less motion, colours of their own."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, ViewportSize, expect

from .conftest import FullHouse, Visitors
from .steps import PHONE, choose_child, go_on, listed_tickets, log_in, make_ticket, menu, pick

pytestmark = pytest.mark.journey

# 1280 × 1024 at 400 %.
ZOOMED: ViewportSize = {"width": 320, "height": 256}
# What sticks out, the screen reader's own texts aside.
TOO_WIDE = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
    .map((e) => `${e.localName}.${e.className} ${e.textContent.trim().slice(0, 40)}`).slice(0, 5)"""
# WCAG 1.4.12: what somebody sets for letters, words and lines to stand further apart.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets.push(sheet);
}"""
# Letters that a box hides; fields and the screen reader's texts aside.
CUT = """() => [...document.querySelectorAll("body *")].filter((e) =>
    e.checkVisibility() && !e.closest(".visually-hidden, svg, select, input, thead") &&
    getComputedStyle(e).overflow.includes("hidden") && e.scrollWidth > e.clientWidth + 1)
  .map((e) => `${e.localName}.${e.className} ${e.textContent.trim().slice(0, 40)}`)"""
# On how many lines the words of an element stand.
LINES = """part => {
  const range = document.createRange();
  const lines = new Set();
  for (const node of part.childNodes) {
    if (node.nodeType !== Node.TEXT_NODE || !node.textContent.trim()) continue;
    range.selectNodeContents(node);
    for (const { bottom } of range.getClientRects()) lines.add(Math.round(bottom));
  }
  return lines.size;
}"""
MOVING = """() => {
  const takesTime = (style) => style.scrollBehavior === "smooth" ||
    [style.transitionDuration, style.animationDuration].join().split(",").some((t) => parseFloat(t) > 0.01);
  const parts = ["", "::before", "::after", "::backdrop"];
  const styles = (element) => parts.map((part) => getComputedStyle(element, part));
  return [...document.querySelectorAll("*")].filter((element) => styles(element).some(takesTime))
    .map((element) => `${element.localName}.${element.className}`);
}"""


def test_the_guide_at_400_percent(visit: Visitors):
    page = visit(width=ZOOMED["width"])
    page.set_viewport_size(ZOOMED)
    wide: list[str] = []
    page.on("load", lambda loaded: wide.extend(loaded.evaluate(TOO_WIDE)))
    log_in(page, "parent.test")
    choose_child(page, "Garance TEST CD 92")
    make_ticket(page, "50")
    menu(page, "Loisirs", "Mes transactions")
    listed_tickets(page).get_by_role("link", name="Annuler").click()
    go_on(page, "Annuler le ticket")
    expect(page.get_by_role("status")).to_contain_text("est annulé")
    assert wide == []


def test_control_a_page_too_wide_one_that_moves_and_one_that_cuts_are_seen(browser: Browser):
    page = browser.new_page(viewport={"width": 320, "height": 256})
    page.set_content("<p style='width: 400px; transition: color 1s'>Trop large</p>")
    assert page.evaluate(TOO_WIDE) == ["p. Trop large"]
    assert page.evaluate(MOVING) == ["p."]
    page.set_content("<p style='width: 6em; overflow: hidden; white-space: nowrap'>Assez long</p>")
    assert page.evaluate(CUT) == []
    page.evaluate(SPACED)
    assert page.evaluate(CUT) == ["p. Assez long"]
    page.close()


def test_with_colours_of_their_own(look: Visitors, full_house: FullHouse):
    page = look()
    page.emulate_media(forced_colors="active")
    page.goto("/accueil/")
    for part in (
        page.get_by_role("button", name="Connexion"),
        page.get_by_label("Identifiant"),
        page.get_by_label("Mot de passe"),
    ):
        assert has_a_border(part)
    log_in(page, "garance.test")
    expect(page.get_by_role("banner")).to_contain_text("Connecté sous")

    search, _, paper, *_ = full_house.starts["garance.test"][1:]
    page.goto(search)
    commune = page.get_by_label("Commune de l’organisme")
    assert has_a_border(commune)
    # The arrow we draw is a background, which these colours take away.
    expect(commune).not_to_have_css("appearance", "none")

    page.goto(paper)
    chosen = "Je souhaite créer 6 tickets de 10 € sur le porte-monnaie Culture"
    before = page.get_by_label(chosen).screenshot()
    pick(page, chosen)
    page.mouse.move(0, 0)
    assert page.get_by_label(chosen).screenshot() != before


def test_the_bar_of_a_wallet_in_their_colours(visit: Visitors):
    """family.md 40: what is spent and what is left were one colour."""
    page = visit()
    page.emulate_media(forced_colors="active")
    log_in(page, "garance.test")
    make_ticket(page, "30")
    page.get_by_role("link", name="Retour à l’accueil").click()
    bars = page.locator("progress")
    expect(bars).to_have_count(2)
    # Culture, half spent, and Sport, untouched.
    with Image.open(io.BytesIO(bars.last.screenshot())) as bar:
        left, right = (bar.getpixel((bar.width * part // 10, bar.height // 2)) for part in (2, 8))
        assert left != right
    assert all(has_a_border(bar) for bar in bars.all())


@pytest.mark.parametrize("width", [320, PHONE, 1280])
def test_letters_set_apart_break_no_word_of_a_ticket(visit: Visitors, width: int):
    """family.md 40: « Agrandi/r » and « 10,00/€ » broke on the stub."""
    page = visit(width=width)
    log_in(page, "garance.test")
    make_ticket(page, "10")
    page.evaluate(SPACED)
    stub = page.locator(".ticket__stub").first
    for part in (stub.get_by_role("button", name="Agrandir"), stub.locator(".ticket__amount")):
        assert part.evaluate(LINES) == 1, part.inner_text()


def has_a_border(part: Locator) -> bool:
    """One that is drawn, in a colour that is not the one around it."""
    return part.evaluate(
        """part => { const style = getComputedStyle(part);
        return style.borderStyle === "solid" && parseFloat(style.borderWidth) >= 1 &&
          style.borderColor !== getComputedStyle(document.body).backgroundColor; }"""
    )
