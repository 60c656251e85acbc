"""The frame of every page: under whose name, with which menu."""

import pytest

from accounts.tests.factories import make_beneficiary, make_user

pytestmark = pytest.mark.django_db


def test_under_whose_name(client):
    parent = make_user(first_name="Camille", last_name="TEST")
    garance, lucien = make_beneficiary(parent), make_beneficiary(parent, first_name="Lucien")
    client.force_login(parent)

    assert "Camille TEST" in client.get("/aide/").text
    page = client.get(f"/beneficiaires/{lucien.public_id}/").text
    assert lucien.full_name in page
    assert f"/beneficiaires/{garance.public_id}/" in page


def test_a_parents_own_pages_never_bear_a_childs_name(client):
    parent = make_user(first_name="Dominique", last_name="TEST")
    only = make_beneficiary(parent)
    client.force_login(parent)
    page = client.get("/mon-compte/mot-de-passe/").text

    assert "<b>Dominique TEST</b>" in page
    assert f"/beneficiaires/{only.public_id}/loisirs/transactions/" in page


def test_an_agent_among_the_family_pages_is_led_to_the_admin(enter):
    client = enter(make_user(is_staff=True))

    assert client.get("/beneficiaires/").headers["Location"] == "/admin/"


def test_the_menu_of_a_child_leads_to_its_own_pages(client):
    child = make_user()
    garance = make_beneficiary(make_user(), user=child)
    client.force_login(child)

    assert f"/beneficiaires/{garance.public_id}/loisirs/transactions/" in client.get("/aide/").text


def test_the_menu_of_a_parent_asks_for_the_child_first(client):
    parent = make_user()
    make_beneficiary(parent)
    make_beneficiary(parent)
    client.force_login(parent)

    assert "/beneficiaires/?vers=statement" in client.get("/aide/").text
