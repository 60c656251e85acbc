"""axe-core finds nothing in any state, light and dark, small and large. Every page: test_every_page.py."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from demo.walks.out_of_order import out_of_order as pages_out_of_order

from .conftest import FullHouse, Visitors
from .convention import ask_for_code, other_than, sign
from .mailbox import link_in, message_about
from .steps import go_on, log_in
from .test_forgotten_identifiers import ask_for_identifiers
from .test_treasurer import give_second_factor

pytestmark = pytest.mark.journey

PHONE, DESK = 320, 1280
Look = tuple[int, Literal["light", "dark"]]
LOOKS: list[Look] = [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]
TOO_MANY = 7
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "preload": False}
EVERYTHING = OPTIONS | {"runOnly": {"type": "tag", "values": RULES}}

# WCAG 2.5.8 lets the points of a map stand where the places are; the list has them all apart.
FOUND = """async (options) => {
  const { violations } = await axe.run(document, options);
  const onTheMap = (node) => document.querySelector(node.target.at(-1))?.matches(".map__point");
  for (const rule of violations) {
    if (rule.id === "target-size") rule.nodes = rule.nodes.filter((node) => !onTheMap(node));
  }
  return violations.filter((rule) => rule.nodes.length);
}"""


def violations(page: Page, where: str = "", widths: Sequence[int] = (PHONE, DESK)) -> Iterator[str]:
    return violations_in(page, [look for look in LOOKS if look[0] in widths], where)


def violations_in(page: Page, looks: Sequence[Look], where: str = "") -> Iterator[str]:
    # Through the debugger, where the CSP has no say.
    page.evaluate(AXE_SCRIPT)
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        for rule in page.evaluate(FOUND, EVERYTHING):
            targets = [" ".join(map(str, node["target"])) for node in rule["nodes"]]
            yield f"{where}, {width} px, {scheme}: {rule['id']} – {targets[:3]}"


def refused(page: Page, button: str) -> None:
    """Send a form with nothing in it, or with what it holds, and wait for what it says to that."""
    go_on(page, button)
    expect(page.get_by_role("alert")).to_contain_text("À corriger")


def at_the_door(page: Page, house: FullHouse) -> Iterator[str]:
    page.goto("/accueil/")
    refused(page, "Connexion")
    yield "connexion, rien de saisi"
    for attempt in range(TOO_MANY):
        log_in(page, "personne", "oublié")
        expect(page.get_by_role("alert")).to_be_visible()
        if not attempt:
            yield "connexion, refusée"
    expect(page.get_by_role("alert")).to_contain_text("Trop d’essais")
    yield "connexion, refusée pour un temps"
    page.goto("/accueil/identifiants-oublies/")
    refused(page, "Recevoir l’e-mail")
    yield "identifiants oubliés, rien de saisi"
    ask_for_identifiers(page, "voisin.test")
    yield "identifiants oubliés, envoyé"
    page.goto(link_in(message_about(house.mailbox, "Vos identifiants")))
    yield "nouveau mot de passe"
    refused(page, "Enregistrer le mot de passe")
    yield "nouveau mot de passe, rien de saisi"
    page.goto("/accueil/premiere-connexion/")
    refused(page, "Continuer")
    yield "première connexion, rien de saisi"
    page.get_by_label("Identifiant").fill("personne")
    page.get_by_label("Code de la lettre").fill("0000-0000-0000-0")
    refused(page, "Continuer")
    yield "première connexion, refusée"
    page.goto("/accueil/premiere-connexion/personne/0000000000000/")
    yield "lien d’activation, trop tard"
    page.goto("/responsable/trop-tard/")
    yield "invitation d’un responsable, trop tard"
    page.goto("/devenir-partenaire/")
    refused(page, "Recevoir le lien")
    yield "devenir partenaire, rien de saisi"
    page.goto("/partenaires/proposer/")
    refused(page, "Proposer l’organisme")
    yield "organisme proposé, rien de saisi"
    page.goto("/contact/")
    refused(page, "Envoyer mon message")
    yield "message, rien de saisi"
    page.goto("/partenaires/?commune=nulle-part&nom=judo")
    yield "organismes, commune inconnue"
    page.goto("/partenaires/?nom=zzzzzz")
    yield "organismes, aucun"
    page.goto("/aide/?q=zzzzzz")
    yield "aide, rien de trouvé"
    page.goto("/nulle-part/")
    yield "404"


def at_home(page: Page, house: FullHouse) -> Iterator[str]:
    log_in(page, "garance.test")
    expect(page.get_by_role("banner")).to_contain_text("Connecté sous")
    page.evaluate("document.getElementById('session-end').showModal()")
    yield "la session va se fermer"
    page.goto("/mon-compte/mot-de-passe/")
    refused(page, "Enregistrer le mot de passe")
    yield "mot de passe, rien de saisi"
    search, _, paper, on_paper, for_partner = house.starts["garance.test"][1:]
    for address, button in (
        (search, "Continuer"),
        (paper, "Continuer"),
        (on_paper, "Créer le ticket"),
        (for_partner, "Valider le ticket"),
    ):
        page.goto(address)
        refused(page, button)
        yield f"{address}, rien de saisi"
    page.context.clear_cookies(name="__Host-csrftoken")
    go_on(page, "Valider le ticket")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ouverte trop longtemps")
    yield "403"
    page.goto(f"{search}?commune=nulle-part")
    yield "400"


def as_parent(page: Page, house: FullHouse) -> Iterator[str]:
    log_in(page, "voisin.test")
    expect(page.get_by_role("banner")).to_contain_text("Connecté sous")
    page.goto("/mon-compte/coordonnees/")
    page.get_by_label("Téléphone").fill("12")
    page.get_by_label("Code postal").fill("neuf")
    refused(page, "Enregistrer mes coordonnées")
    yield "coordonnées, refusées"
    page.goto("/mon-compte/e-mail/")
    refused(page, "Recevoir le lien")
    yield "e-mail, rien de saisi"
    page.goto(house.starts["voisin.test"][-1])
    page.get_by_label("Montant du ticket").fill("9000")
    refused(page, "Valider le ticket")
    yield "montant trop grand"


def at_the_bank(page: Page, house: FullHouse) -> Iterator[str]:
    """What a manager sees with a second factor: an account in force, one that is asked for, an IBAN."""
    log_in(page, "danse.test")
    page.get_by_role("link", name="Mon organisme").click()
    give_second_factor(page)
    yield "mon organisme"
    page.get_by_role("link", name="Voir le compte bancaire").click()
    yield "compte bancaire"
    page.get_by_role("button", name="Lire l’IBAN entier").last.click()
    yield "IBAN"


def at_another_organisme(page: Page, house: FullHouse) -> Iterator[str]:
    """That asked for nothing yet, and signed nothing: what was asked for stays, others look at it too."""
    log_in(page, "responsable.test")
    page.get_by_role("link", name="Mon organisme").click()
    give_second_factor(page)
    organisme = page.url
    yield from at_another_bank(page)
    page.goto(organisme)
    yield from at_the_convention(page, house)
    page.goto(organisme)
    yield from at_the_sheet(page)


def at_another_bank(page: Page) -> Iterator[str]:
    page.get_by_role("link", name="Voir le compte bancaire").click()
    page.get_by_role("link", name="Changer de compte").click()
    refused(page, "Demander ce compte")
    yield "compte, rien de saisi"


def at_the_convention(page: Page, house: FullHouse) -> Iterator[str]:
    yield "convention à signer"
    page.get_by_role("link", name="Lire et signer la convention").click()
    yield "convention à lire"
    code = ask_for_code(page, house.mailbox, "responsable.test@passplus.example")
    yield "convention, code attendu"
    refused(page, "Signer la convention")
    yield "convention, rien de saisi"
    page.get_by_label("Votre qualité dans l’organisme").fill("présidente")
    sign(page, other_than(code))
    expect(page.get_by_role("alert")).to_contain_text("Ce n’est pas le dernier code")
    yield "convention, autre code"
    sign(page, code)
    expect(page.get_by_role("region", name="Convention")).to_contain_text("Signée par")
    yield "convention signée"
    page.get_by_role("link", name="Relire la convention").click()
    expect(page.get_by_role("region", name="Elle est signée")).to_be_visible()
    yield "convention signée, relue"


def at_the_sheet(page: Page) -> Iterator[str]:
    page.get_by_role("link", name="Changer la fiche").click()
    yield "fiche à changer"
    page.get_by_label("Nom, comme les familles le connaissent").fill("")
    refused(page, "Demander ce changement")
    yield "fiche, sans nom"
    page.get_by_label("Nom, comme les familles le connaissent").fill("CHORALE D’ANTONY")
    go_on(page, "Demander ce changement")
    expect(page.get_by_role("status")).to_contain_text("Nous avons reçu votre demande.")
    yield "fiche, changement demandé"


def out_of_order(page: Page, house: FullHouse) -> Iterator[str]:
    """And each component in each state."""
    yield from pages_out_of_order(page)


@pytest.mark.parametrize(
    "walk", [at_the_door, at_home, as_parent, at_the_bank, at_another_organisme, out_of_order]
)
def test_every_state(look: Visitors, full_house: FullHouse, walk: Callable[..., Iterator[str]]):
    page = look(refusals={400, 403, 404, 429})
    found = [fault for state in walk(page, full_house) for fault in violations(page, state)]
    # A component that the gallery shows in two states has twice the name that it has once on a page.
    assert [fault for fault in found if not ("galerie" in fault and "landmark-unique" in fault)] == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_what_opens(look: Visitors, full_house: FullHouse, width: int):
    page = look(width=width)
    log_in(page, "parent.test")
    page.get_by_role("banner").get_by_text("Connecté sous").click()
    found = list(violations(page, "enfants", [width]))
    page.goto(next(start for start in full_house.starts["parent.test"] if "felicitations" in start))
    page.get_by_role("button", name="Agrandir").first.click()
    found += violations(page, "QR", [width])
    page.get_by_role("button", name="Fermer").click()
    if width == PHONE:
        page.get_by_role("button", name="Menu", exact=True).click()
    for entry in ("Mon compte", "Loisirs", "Aide"):
        page.get_by_role("navigation", name="Menu principal").get_by_text(entry, exact=True).click()
        found += violations(page, entry, [width])
    page.goto("/partenaires/?commune=92071&autour=on")
    page.get_by_text("Plus de critères").click()
    page.get_by_role("link", name="Carte", exact=True).click()
    point = page.locator(".map__point").first
    expect(point).to_be_visible()
    found += violations(page, "carte", [width])
    point.press("Enter")
    found += violations(page, "carte, un point", [width])
    page.goto("/aide/guide/")
    page.locator("details.screen summary").first.click()
    expect(page.locator("details.screen img").first).to_be_visible()
    found += violations(page, "guide, une image", [width])
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
