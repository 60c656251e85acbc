"""Every page of a child, for each persona: guardians, the child, a stranger, an agent, nobody."""

import pytest
from django.urls import URLPattern, reverse

from accounts.models import Guardianship
from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer
from tickets import urls
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_wallet

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# The formula: not for the child itself, and only before the first ticket (test_formula_page.py).
# A dispute: of a ticket that was used.
ONLY_SOMETIMES = {"formula", "dispute"}


@pytest.fixture
def family():
    """Garance, her two guardians, her own login, and a ticket made by the first guardian."""
    parent, other_parent, child = make_user("parent"), make_user("parent2"), make_user("garance")
    garance = make_beneficiary(parent, other_parent, user=child)
    ticket = make_ticket("50", wallet=make_wallet(beneficiary=garance), offer=make_offer(), actor=parent)
    return {"parent": parent, "parent2": other_parent, "garance": child, "child": garance, "ticket": ticket}


@pytest.fixture
def stranger():
    """Somebody who owns something of the same kind."""
    neighbour = make_user("voisin")
    make_ticket(wallet=make_wallet(beneficiary=make_beneficiary(neighbour)))
    return neighbour


def address(name, family):
    ticket = family["ticket"]
    arguments = {
        "public_id": family["child"].public_id,
        "number": ticket.number,
        "key": ticket.order_id,
        "partner_id": ticket.offer.partner_id,
        "wallet_id": ticket.wallet_id,
        "campaign_id": ticket.wallet.campaign_id,
    }
    wanted = {
        "detail": ["number"],
        "copy": ["number"],
        "dispute": ["number"],
        "cancel": ["number"],
        "success": ["key"],
        "create_assigned": ["partner_id", "wallet_id"],
        "create_paper": ["wallet_id"],
        "create_series": ["wallet_id"],
        "formula": ["campaign_id"],
    }
    kwargs = {argument: arguments[argument] for argument in ["public_id", *wanted.get(name, [])]}
    query = f"?ticket={ticket.number}" if name == "print" else ""
    return reverse(f"tickets:{name}", kwargs=kwargs) + query


NAMES = sorted(
    str(pattern.name)
    for part in (urls.order, urls.transactions, urls.of_a_child)
    for pattern in part
    if isinstance(pattern, URLPattern)
)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ONLY_SOMETIMES])
@pytest.mark.parametrize("persona", ["parent", "parent2", "garance"])
def test_the_family_reaches_every_page(client, family, name, persona):
    client.force_login(family[persona])

    assert client.get(address(name, family)).status_code == 200


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_finds_nothing(client, family, stranger, name, method):
    client.force_login(stranger)
    response = getattr(client, method)(address(name, family))

    assert response.status_code == (405 if method == "post" and name not in POSTS else 404)
    assert Ticket.objects.get(pk=family["ticket"].pk).state == "unused"


POSTS = {"cancel", "dispute", "create_assigned", "create_paper", "create_series", "formula", "paper"}


@pytest.mark.parametrize("name", NAMES)
def test_an_agent_never_acts_as_a_family(enter, family, name):
    agent = make_user("agent", is_staff=True, is_superuser=True)
    Guardianship.objects.create(user=agent, beneficiary=family["child"])

    assert enter(agent).get(address(name, family)).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_who_is_not_connected_is_asked_to(client, family, name):
    where = address(name, family)

    assert client.get(where).headers["Location"].startswith("/accueil/?next=")


def test_a_guardian_who_is_one_no_longer_finds_nothing(client, family):
    client.force_login(family["parent2"])
    Guardianship.objects.filter(user=family["parent2"]).delete()

    assert client.get(address("home", family)).status_code == 404


def test_one_childs_ticket_is_not_under_another_childs_address(client, family):
    sibling = make_beneficiary(family["parent"])
    client.force_login(family["parent"])
    for name in ("detail", "cancel", "success", "create_paper", "create_assigned", "print"):
        where = address(name, family | {"child": sibling})
        assert client.get(where).status_code == 404, name


def test_parents_see_all_their_children_first(client, family):
    lucien = make_beneficiary(family["parent"], first_name="Lucien")
    make_wallet("20.00", kind=Kind.SPORT, beneficiary=lucien)
    client.force_login(family["parent"])
    response = client.get("/", follow=True)

    assert response.redirect_chain == [("/beneficiaires/", 302)]
    assert [card["beneficiary"].first_name for card in response.context["cards"]] == ["Garance", "Lucien"]
    assert "20,00\N{NO-BREAK SPACE}€" in response.text


def test_a_child_comes_home_at_once(client, family):
    client.force_login(family["garance"])

    assert client.get("/").headers["Location"] == address("home", family)


def test_a_parent_without_a_child_is_helped_and_not_lost(client):
    client.force_login(make_user())
    response = client.get("/", follow=True)

    assert response.status_code == 200
    assert response.context["cards"] == []


@pytest.mark.parametrize(("onward", "path"), [("statement", "loisirs/transactions/"), ("admin:index", "")])
def test_who_was_going_somewhere_goes_on_from_the_children(client, family, onward, path):
    client.force_login(family["parent"])
    make_beneficiary(family["parent"], first_name="Zoé")
    response = client.get(f"/beneficiaires/?vers={onward}")

    assert response.context["cards"][0]["url"] == f"/beneficiaires/{family['child'].public_id}/{path}"


def test_the_qr_leads_the_family_to_its_ticket_and_nobody_else(client, family, stranger):
    scanned = f"/T/{family['ticket'].code}/"
    for persona in ("parent2", "garance"):
        client.force_login(family[persona])
        assert client.get(scanned).headers["Location"] == address("detail", family)
    client.force_login(stranger)
    assert client.get(scanned).status_code == 404
    assert client.get("/T/0000-0000-0000-1/").status_code == 404
