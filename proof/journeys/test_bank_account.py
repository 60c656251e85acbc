"""A club asks for another bank account; whoever else answers for it stops that with one click."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from accounts.demonstration import PASSWORD
from payments.tests.ibans import french_iban

from .conftest import Visitors
from .mailbox import link_in, message_about
from .steps import PHONE, go_on, log_in
from .test_treasurer import give_second_factor

pytestmark = pytest.mark.journey
IBAN = french_iban(4321)


def test_an_account_is_asked_for_and_stopped(visit: Visitors, mailbox: Path):
    manager, other = visit(width=PHONE), visit(width=PHONE)
    log_in(manager, "responsable.test")
    manager.get_by_role("button", name="Menu", exact=True).click()
    manager.get_by_role("link", name="Mon organisme").click()
    give_second_factor(manager)
    manager.get_by_role("link", name="Voir le compte bancaire").click()
    expect(manager.get_by_role("region", name="Compte d’aujourd’hui")).to_contain_text("FR •••• 0189")
    manager.get_by_role("link", name="Changer de compte").click()
    manager.get_by_label("Titulaire").fill("MAITRISE D ANTONY")
    manager.get_by_label("IBAN").fill(IBAN[:-1] + str((int(IBAN[-1]) + 1) % 10))
    manager.get_by_label("Votre mot de passe actuel").fill(PASSWORD)
    go_on(manager, "Demander ce compte")
    expect(manager.get_by_role("alert")).to_contain_text("mal recopié")
    manager.get_by_label("IBAN").fill(" ".join(IBAN[start : start + 4] for start in range(0, len(IBAN), 4)))
    manager.get_by_label("Votre mot de passe actuel").fill(PASSWORD)
    go_on(manager, "Demander ce compte")
    expect(manager.get_by_role("status")).to_contain_text("Nous vous appelons")
    asked = manager.get_by_role("region", name="Compte demandé")
    expect(asked).to_contain_text(f"FR •••• {IBAN[-4:]}")
    expect(asked).to_contain_text("À vérifier")

    told = message_about(mailbox, "MAITRISE STE MARIE D ANTONY")
    assert IBAN not in told.as_string()
    other.goto(urlsplit(link_in(told)).path)
    go_on(other, "Ce n’est pas nous, bloquer ce compte")
    expect(other.get_by_role("heading", level=1)).to_have_text("Ce compte est bloqué")

    manager.reload()
    expect(manager.get_by_role("main")).to_contain_text("est bloqué")
    expect(manager.get_by_role("region", name="Compte d’aujourd’hui")).to_contain_text("FR •••• 0189")
