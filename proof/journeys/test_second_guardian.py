"""A separated parent: asked for by the first with a paper, invited, in; and the child changes school."""

import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from .administration import enrol
from .conftest import Visitors
from .mailbox import message_about, path_in
from .steps import PHONE, go_on, log_in
from .test_scholarship import PHOTO, SCAN, wait_until_read

pytestmark = pytest.mark.journey
ADDRESS = "dominique@famille.example"
PASSWORD = "trois mots bien choisis"


@pytest.mark.parametrize(
    ("width", "javascript"),
    [
        pytest.param(PHONE, False, id="phone, without JavaScript"),
        pytest.param(1280, True, id="desktop"),
    ],
)
def test_the_second_parent_sees_the_child_and_its_new_college(
    visit: Visitors, mailbox: Path, width: int, javascript: bool
):
    first, second, agent = visit(width=width, javascript=javascript), visit(width=width), visit()
    log_in(first, "parent.test")
    first.goto("/mon-compte/")
    born = card(first).get_by_role("definition").first.inner_text()
    ask_for_the_other(first)
    ask_for_the_college(first)

    enrol(agent, "agent.test")
    take(agent, "autre responsable légal")
    expect(agent.get_by_role("cell", name=re.compile(ADDRESS))).to_be_visible()
    go_on(agent, "Inviter ce responsable")
    take(agent, "changement de collège")
    agent.get_by_label("Collège").select_option(label="Collège de la Démonstration")
    go_on(agent, "Changer de collège")
    expect(agent.get_by_text("C’est fait")).to_be_visible()

    link = path_in(mailbox, "Vous êtes invité à suivre Lucien", ADDRESS)
    # An antivirus looks first.
    assert second.request.get(link).ok
    second.goto(link)
    second.get_by_role("link", name="Je n’ai pas de compte").click()
    second.get_by_label("Année de naissance de l’enfant").fill("1999")
    choose(second)
    expect(second.get_by_role("alert")).to_contain_text("Ce n’est pas son année")
    second.get_by_label("Année de naissance de l’enfant").fill(born)
    choose(second)
    expect(second.get_by_role("heading", level=1)).to_have_text("Bonjour Lucien")
    second.goto("/mon-compte/")
    expect(second.get_by_role("region", name="Lucien")).to_contain_text("4e")

    message_about(mailbox, "Les responsables de Lucien ont changé")
    first.goto("/mon-compte/")
    expect(first.get_by_role("region", name="Lucien")).to_contain_text("Dominique LEROY")


def ask_for_the_other(parent: Page) -> None:
    parent.goto("/mon-compte/")
    card(parent).get_by_role("link", name="Inviter un autre responsable").click()
    parent.get_by_label("Son prénom").fill("Dominique")
    parent.get_by_label("Son nom").fill("LEROY")
    parent.get_by_label("Son adresse e-mail").fill(ADDRESS)
    send(parent)


def ask_for_the_college(parent: Page) -> None:
    parent.goto("/mon-compte/")
    card(parent).get_by_role("link", name="Changer de collège").click()
    parent.get_by_label("Nom et ville de l’autre collège").fill("Collège de l’Exemple, Antony")
    parent.get_by_label("Classe").select_option(label="4e")
    parent.get_by_label("Depuis le").fill(f"{timezone.localdate():%d/%m/%Y}")
    send(parent)


def send(parent: Page) -> None:
    parent.get_by_label("Photos ou PDF").set_input_files([PHOTO, SCAN])
    go_on(parent, "Envoyer la demande")
    expect(parent.get_by_role("status")).to_contain_text("Nous avons reçu")
    wait_until_read(parent, "Votre demande pour Lucien")


def card(page: Page) -> Locator:
    return page.get_by_role("region", name="Lucien")


def take(agent: Page, what: str) -> None:
    agent.goto("/admin/applications/application/?state__exact=sent")
    # Others ask for the same.
    agent.get_by_role("row", name=re.compile(f"{what}.*Lucien")).get_by_role("link").first.click()
    go_on(agent, "Je m’en occupe")


def choose(page: Page) -> None:
    page.get_by_label(re.compile("^Nouveau mot de passe")).fill(PASSWORD)
    page.get_by_label("Confirmation").fill(PASSWORD)
    go_on(page, "Créer le compte et accepter")
