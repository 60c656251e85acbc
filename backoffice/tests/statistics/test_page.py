"""The page, its file, its picture."""

import csv
import io

import pytest

from accounts.tests.factories import make_user
from backoffice.figures import statistics
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import days, make_campaign

from .places import ADDRESS, ANTONY, SCEAUX, VANVES, wallets_of

pytestmark = pytest.mark.django_db


def test_the_page_and_its_file_say_the_same(client, enter, agent, populate):
    campaign = populate({ANTONY: 2, SCEAUX: 9, VANVES: 8})
    make_ticket(wallet=wallets_of(campaign, SCEAUX, Kind.SPORT)[0])
    enter(agent)
    asked = {"campagne": campaign.pk, "par": "commune"}

    page = client.get(ADDRESS, asked)
    file = b"".join(client.get(ADDRESS, asked | {"format": "CSV"}).streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file), delimiter=";"))

    assert [row["Commune"] for row in rows] == [line.name for line in page.context["lines"]]
    assert [row["Inscrits"] for row in rows] == ["", "9", "", "19"]
    assert '<td class="num">–</td>' in page.text


@pytest.mark.parametrize(
    "asked", [{}, {"campagne": "x"}, {"campagne": "1", "par": "rue"}, {"campagne": "99999"}]
)
def test_what_is_not_understood_shows_the_newest_by_commune(client, enter, agent, populate, asked):
    campaign = populate({ANTONY: 6})
    enter(agent)

    assert client.get(ADDRESS, asked).context["title"] == f"Statistiques de la campagne {campaign}"


def test_a_campaign_that_has_not_begun_is_not_the_newest(populate):
    campaign = populate({ANTONY: 6})
    make_campaign(opens_on=days(50), last_ticket_on=days(400), last_cancellation_on=days(400))

    assert statistics.newest_campaign() == campaign


def test_before_any_campaign(client, enter, agent):
    enter(agent)

    assert "Il n’y a pas encore de campagne" in client.get(ADDRESS).text


def test_a_picture_of_it(populate):
    campaign = populate({ANTONY: 10})
    for wallet in wallets_of(campaign, ANTONY, Kind.SPORT)[:5]:
        make_ticket("1", wallet=wallet)

    shares = list(statistics.shares(statistics.table(campaign, "commune")[:-1]))

    assert [(share.name, share.kind, share.percent) for share in shares] == [
        ("Antony", "sport", 50),
        ("Antony", "culture", 0),
    ]


def test_it_is_for_agents_with_a_role(client, enter):
    enter(make_user(is_staff=True))

    assert client.get(ADDRESS).status_code == 403
