"""The directory may be read from a replica; what is about money never is."""

import re
import uuid
from contextlib import ExitStack

import pytest
from django.conf import settings as ours
from django.db import connection, connections
from django.urls import reverse

from accounts.tests.factories import make_beneficiary, make_user
from partners import search
from partners.tests.factories import make_offer
from passplus.tests.rooms import sources
from wallets.models import Kind
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db
ON_THE_WAY = ["home", "wallets", "order", "choose_partner", "paper", "statement"]


@pytest.fixture
def asked(settings, monkeypatch):
    """What each database is asked, while a replica stands beside the primary; both hold the same rows."""
    replica = connection.copy("replica")
    # Nothing is committed in a test: it looks through the same transaction.
    replica.connection, replica.autocommit = connection.connection, connection.autocommit
    settings.REPLICA = "replica"
    monkeypatch.setattr(search, "_kept", {})
    connections["replica"] = replica
    told: dict[str, list[str]] = {"default": [], "replica": []}

    def note(execute, sql, params, many, context):
        told[context["connection"].alias].append(sql)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for one in (connection, replica):
            stack.enter_context(one.execute_wrapper(note))
        yield told
    replica.connection = None
    del connections["replica"]


@pytest.fixture
def place():
    return make_offer("Judo", Kind.SPORT).partner


@pytest.mark.parametrize(
    "address",
    [
        "/partenaires/?nom=judo&commune=92002",
        "/partenaires/carte/",
        "/partenaires/{place}/",
        "/donnees-ouvertes/organismes/csv/",
        "/donnees-ouvertes/organismes/geojson/",
    ],
)
def test_the_directory_asks_only_the_replica(client, place, asked, address):
    assert client.get(address.format(place=place.pk)).status_code == 200
    assert asked["replica"]
    assert asked["default"] == []


def test_statistics_are_about_money(enter, asked):
    """Children and euros are counted in one snapshot, beside the pages: no replica is asked."""
    make_wallet("60")
    agent = enter(make_user(is_staff=True, is_superuser=True))

    assert agent.get(reverse("admin:statistics")).status_code == 200
    assert asked["replica"] == []


def test_what_is_about_money_never_asks_it(client, place, asked):
    parent = make_user()
    child = make_beneficiary(parent, insee_code="92002")
    wallet = make_wallet("60", beneficiary=child)
    client.force_login(parent)
    key = str(uuid.uuid4())
    ordered = client.post(
        reverse("tickets:create_paper", args=[child.public_id, wallet.pk]), {"key": key, "amount": "10"}
    )
    assert ordered.url == reverse("tickets:success", args=[child.public_id, key])
    pages = [ordered.url, *(reverse(f"tickets:{name}", args=[child.public_id]) for name in ON_THE_WAY)]
    for page in [*pages, reverse("tickets:children"), reverse("tickets:create_here", args=[place.pk])]:
        # Who has one child is led past the choice of one.
        assert client.get(page, follow=True).status_code == 200, page

    assert asked["default"]
    assert asked["replica"] == []


def test_nobody_else_knows_of_it():
    who = {
        str(path.relative_to(ours.BASE_DIR))
        for path in sources()
        if re.search(r"settings\.REPLICA|\"replica\"", path.read_text())
    }

    assert who == {
        "core/one_server.py",
        "partners/forms.py",
        "partners/search.py",
        "partners/views/directory.py",
        "partners/views/open_data.py",
        "partners/views/partner.py",
        "operations/doctor/replica.py",
        "passplus/settings.py",
    }
