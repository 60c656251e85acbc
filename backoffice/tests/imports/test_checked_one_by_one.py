"""Likenesses and linked accounts are read to the last."""

import pytest

from accounts.models import Beneficiary
from accounts.tests.factories import in_letters, make_user
from backoffice.imports import page as import_page
from backoffice.models import Sort, Stage
from backoffice.tests.roster.rosters import ANNE, LINA, roster

from .importing import bring, confirm, work
from .whole_lists import only

pytestmark = pytest.mark.django_db


def test_likenesses_are_ticked_before_anybody_is_created(client, agent, staying):
    """admin.md 40, 45: « 1 créé », not a word."""
    page = bring(client, roster(LINA | {"Numéro d’élève": "E0002"} | ANNE), sort=Sort.ROSTER).request[
        "PATH_INFO"
    ]
    work()
    read = client.get(page).text
    assert "J’ai vérifié la ressemblance" in read
    assert "ressemble à Lina MARTIN (numéro E0001)" in read

    assert "Ce champ est obligatoire" in confirm(client, page).text
    assert only().stage == Stage.READY
    confirm(client, page, checked="on")
    work()
    assert Beneficiary.objects.filter(pupil_number="E0002").exists()


def test_every_account_that_is_linked_is_on_some_page(client, agent, monkeypatch):
    """admin.md 43"""
    monkeypatch.setattr(import_page, "AT_ONCE", 2)
    make_user("anne92", first_name="Anne", last_name="MARTIN", email="anne@famille.example")
    lines = [LINA | {"Numéro d’élève": f"E{n:04}", "Prénom": f"Léa {in_letters(n)}"} | ANNE for n in range(5)]
    page = bring(client, roster(*lines), sort=Sort.ROSTER).request["PATH_INFO"]
    work()

    read = client.get(page).text
    assert "Comptes existants reliés (5)" in read
    assert "Page 1 sur 3" in read
    assert "anne92 (Anne MARTIN), par son nom et son adresse e-mail" in client.get(page, {"links": 3}).text
