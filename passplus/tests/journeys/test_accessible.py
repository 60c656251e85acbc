"""axe-core finds nothing: on every page, for everybody, in every state, light and dark, small and large."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from ..full_house import PEOPLE
from .conftest import FullHouse, Visitors
from .pages import every_page
from .steps import go_on, log_in
from .test_forgotten_identifiers import ask_for_identifiers, email_in, link_in

pytestmark = pytest.mark.journey

PHONE, DESK = 320, 1280
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "preload": False}
EVERYTHING = OPTIONS | {"runOnly": {"type": "tag", "values": RULES}}
# Between light and dark nothing changes but colours.
COLOURS = OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

# How the parts of a page are built: tags, attributes that matter, what is empty. Of brothers that are alike
# one counts, and where in the menu we are does not.
BUILD = """() => {
  const telling = ["class", "role", "type", "disabled", "open", "checked", "lang", "alt"];
  const build = (element) => {
    const said = telling.map((name) => element.getAttribute(name)?.replace("is-here", "").trim() || "");
    const aria = element.getAttributeNames().filter((name) => /^aria-(?!current)/.test(name));
    const inside = new Set([...element.children].map(build));
    return `<${element.localName} ${said} ${aria} ${!element.textContent.trim()}>${[...inside].join("")}`;
  };
  return [...document.body.children].map(build);
}"""


def violations(page: Page, where: str, widths: Sequence[int] = (PHONE, DESK)) -> Iterator[str]:
    # Through the debugger, where the CSP has no say.
    page.evaluate(AXE_SCRIPT)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            options = EVERYTHING if scheme == "light" else COLOURS
            found = page.evaluate("options => axe.run(document, options)", options)["violations"]
            for rule in found:
                targets = [" ".join(map(str, node["target"])) for node in rule["nodes"]]
                yield f"{where}, {width} px, {scheme}: {rule['id']} – {targets[:3]}"


@pytest.fixture(scope="module")
def examined() -> set[str]:
    """How the parts were built that have been examined, for whomever."""
    return set()


@pytest.mark.parametrize("username", PEOPLE)
def test_every_page(look: Visitors, full_house: FullHouse, username: str, examined: set[str]):
    page = look()
    found: list[str] = []
    for address in every_page(page, full_house, username):
        # Ten tickets that differ in nothing but words are examined once.
        if new := set(page.evaluate(BUILD)) - examined:
            examined |= new
            found += violations(page, address)
    assert found == []


def at_the_door(page: Page, house: FullHouse) -> Iterator[str]:
    page.goto("/accueil/")
    go_on(page, "Connexion")
    yield "connexion, rien de saisi"
    log_in(page, "garance.test", "oublié")
    yield "connexion, refusée"
    page.goto("/accueil/identifiants-oublies/")
    go_on(page, "Recevoir l’e-mail")
    yield "identifiants oubliés, rien de saisi"
    ask_for_identifiers(page, "voisin.test")
    yield "identifiants oubliés, envoyé"
    page.goto(link_in(email_in(house.mailbox)))
    yield "nouveau mot de passe"
    go_on(page, "Enregistrer le mot de passe")
    yield "nouveau mot de passe, rien de saisi"
    page.goto("/nulle-part/")
    yield "404"


def at_home(page: Page, house: FullHouse) -> Iterator[str]:
    log_in(page, "garance.test")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto("/mon-compte/mot-de-passe/")
    go_on(page, "Enregistrer le mot de passe")
    yield "mot de passe, rien de saisi"
    search, _, paper, on_paper, for_partner = house.starts["garance.test"][1:]
    for address, button in (
        (search, "Continuer"),
        (paper, "Continuer"),
        (on_paper, "Créer le ticket"),
        (for_partner, "Valider le ticket"),
    ):
        page.goto(address)
        go_on(page, button)
        expect(page.get_by_role("alert")).to_contain_text("À corriger")
        yield f"{address}, rien de saisi"
    page.context.clear_cookies(name="__Host-csrftoken")
    go_on(page, "Valider le ticket")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ouverte trop longtemps")
    yield "403"
    page.goto(f"{search}?commune=nulle-part")
    yield "400"


@pytest.mark.parametrize("walk", [at_the_door, at_home])
def test_every_refusal(look: Visitors, full_house: FullHouse, walk: Callable[..., Iterator[str]]):
    page = look(refusals={400, 403, 404})
    assert [fault for state in walk(page, full_house) for fault in violations(page, state)] == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_what_opens(look: Visitors, full_house: FullHouse, width: int):
    page = look(width=width)
    log_in(page, "parent.test")
    page.get_by_role("banner").get_by_text("Connecté sous").click()
    # What lies half under the open list is whole again when it closes.
    found = [fault for fault in violations(page, "enfants", [width]) if "target-size" not in fault]
    page.goto(next(start for start in full_house.starts["parent.test"] if "felicitations" in start))
    page.get_by_role("button", name="Agrandir").first.click()
    found += violations(page, "QR", [width])
    page.get_by_role("button", name="Fermer").click()
    if width == PHONE:
        page.get_by_role("button", name="Menu", exact=True).click()
    for entry in ("Mon compte", "Loisirs", "Aide"):
        page.get_by_role("navigation", name="Menu principal").get_by_text(entry, exact=True).click()
        found += violations(page, entry, [width])
    assert found == []


FAULTY = """<!doctype html><html><head><title></title></head><body>
  <h1>Une page</h1><h3>Trop bas</h3><img src="data:,"><input><p style="color: #bbb">Pâle</p>
  <button style="width: 9px; height: 9px; padding: 0" aria-label="petit"></button
  ><button style="width: 9px; height: 9px; padding: 0" aria-label="serré"></button>
</body></html>"""


def test_control_planted_faults_are_found(browser: Browser):
    page = browser.new_page()
    page.set_content(FAULTY)
    found = " ".join(violations(page, "une page fautive"))
    page.close()
    for rule in (
        *("document-title", "html-has-lang", "image-alt", "label", "color-contrast"),
        *("target-size", "heading-order", "landmark-one-main", "region"),
    ):
        assert f": {rule} " in found
    assert f"{DESK} px, dark: color-contrast" in found
