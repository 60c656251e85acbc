"""What an agent changes in the directory is found by the next search."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import make_user
from partners.models import Activity, DirectoryVersion, Partner, Synonym
from partners.tests.factories import make_commune, make_partner

pytestmark = pytest.mark.django_db

PARTNER = {
    "name": "NOUVEAU CLUB",
    "commune": "92002",
    "affiliated_from": "01/09/2020",
    "offers-TOTAL_FORMS": "1",
    "offers-INITIAL_FORMS": "0",
    "offers-0-kind": "sport",
}


@pytest.fixture
def agent(enter):
    return enter(make_user(is_staff=True, is_superuser=True))


@pytest.fixture
def judo():
    make_commune()
    return Activity.objects.create(name="Judo")


def names(client, query):
    found = client.get(f"/partenaires/?{query}").context["partners"]
    return [listed.partner.name for listed in found]


def test_an_organisme_that_is_added(agent, judo):
    assert names(agent, "nom=judo") == []
    response = agent.post("/admin/partners/partner/add/", PARTNER | {"offers-0-activity": judo.pk})

    assert response.status_code == 302
    assert names(agent, "nom=judo") == ["NOUVEAU CLUB"]


def test_an_activity_that_is_renamed(agent, judo):
    agent.post("/admin/partners/partner/add/", PARTNER | {"offers-0-activity": judo.pk})
    agent.post(f"/admin/partners/activity/{judo.pk}/change/", {"name": "Lutte"})

    assert names(agent, "nom=lutte") == ["NOUVEAU CLUB"]


def test_another_word_that_is_added_corrected_or_removed(agent, judo):
    """family.md 7: what families type is a table that staff keep."""
    agent.post("/admin/partners/partner/add/", PARTNER | {"offers-0-activity": judo.pk})
    assert names(agent, "nom=quidditch") == []

    agent.post("/admin/partners/synonym/add/", {"typed": "quidditch", "means": "Judo"})
    assert names(agent, "nom=quidditch") == ["NOUVEAU CLUB"]
    synonym = Synonym.objects.get(typed="quidditch")
    agent.post(f"/admin/partners/synonym/{synonym.pk}/change/", {"typed": "zorglub", "means": "Judo"})
    assert names(agent, "nom=zorglub") == ["NOUVEAU CLUB"]
    agent.post(f"/admin/partners/synonym/{synonym.pk}/delete/", {"post": "yes"})
    assert names(agent, "nom=zorglub") == []


@pytest.mark.parametrize("way", ["one", "several"])
def test_an_organisme_that_is_deleted(agent, way):
    partner = make_partner("FERMÉ")
    before = DirectoryVersion.current()
    if way == "one":
        agent.post(f"/admin/partners/partner/{partner.pk}/delete/", {"post": "yes"})
    else:
        chosen = {"action": "delete_selected", "_selected_action": [partner.pk], "post": "yes"}
        agent.post("/admin/partners/partner/", chosen)

    assert not Partner.objects.exists()
    assert DirectoryVersion.current() != before


@pytest.mark.parametrize(
    ("position", "sentence"),
    [
        ({"latitude": "48.7"}, "Donnez la latitude et la longitude, ou aucune des deux."),
        ({"latitude": "98.7", "longitude": "2.3"}, "Cette position n’est pas sur la Terre."),
    ],
)
def test_a_position_that_cannot_be_is_said(agent, judo, position, sentence):
    response = agent.post("/admin/partners/partner/add/", PARTNER | {"offers-0-activity": judo.pk} | position)

    assert response.status_code == 200
    assert sentence in response.text


# Or locks.
WRITES = re.compile(r"(?:UPDATE|INSERT INTO|DELETE FROM) |SELECT .* FOR (?:NO KEY )?UPDATE", re.DOTALL)


@pytest.mark.parametrize("act", ["change", "delete"])
def test_an_agent_takes_the_lock_of_the_directory_before_its_rows(agent, judo, act):
    """An import has the first and waits for the second: each would have waited for the other."""
    partner = make_partner("CLUB")
    said = PARTNER | {"offers-TOTAL_FORMS": "0"} if act == "change" else {"post": "yes"}
    with CaptureQueriesContext(connection) as queries:
        agent.post(f"/admin/partners/partner/{partner.pk}/{act}/", said)
    taken = [
        table
        for query in queries
        for table in ("partners_directoryversion", "partners_partner")
        if WRITES.match(query["sql"]) and f'"{table}"' in query["sql"]
    ]

    assert "partners_partner" in taken
    if act == "delete" or connection.vendor == "postgresql":
        assert taken[0] == "partners_directoryversion"
