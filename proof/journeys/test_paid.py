"""A club sees what it is owed, then that it is paid, and takes the list to its accounts."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from .conftest import Visitors
from .counter import confirm
from .kept_server import KeptServer
from .shell import shell
from .steps import PHONE, go_on, log_in, make_ticket

pytestmark = pytest.mark.journey
PAY = "from demo.tests.full_payments import pay_what_is_due; pay_what_is_due('MAITRISE STE MARIE D ANTONY')"


def test_what_is_used_is_paid(visit: Visitors, server: KeptServer):
    family, treasurer = visit(), visit(width=PHONE)
    log_in(family, "garance.test")
    make_ticket(family, "12,50")
    log_in(treasurer, "responsable.test")
    treasurer.get_by_role("link", name="Tickets qui vous attendent").click()
    treasurer.get_by_role("checkbox").check()
    go_on(treasurer, "Utiliser les tickets cochés")
    confirm(treasurer, "Utiliser le ticket", "Ticket utilisé : 12,50 €")

    treasurer.get_by_role("link", name="Retour au guichet").click()
    treasurer.get_by_role("link", name="Prochain paiement").click()
    expect(treasurer.get_by_role("region", name="Ce qui attend")).to_contain_text("1 · 12,50 €")
    shell(server.directory, PAY)
    treasurer.reload()
    expect(treasurer.get_by_role("region", name="Ce qui attend")).to_contain_text("Rien n’attend")
    paid = treasurer.get_by_role("region", name="Vos paiements").get_by_role("listitem")
    expect(paid).to_contain_text(f"Payé le {timezone.localdate():%d/%m/%Y}")

    paid.get_by_role("link").first.click()
    with treasurer.expect_download() as download:
        treasurer.get_by_role("link", name="Télécharger (CSV)").click()
    _, line = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert line.endswith(";Garance T.;Culture;Chant choral;12,50;")
