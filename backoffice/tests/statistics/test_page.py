"""The page, its file, its order, its charts."""

import csv
import io
import re

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from backoffice.figures import charts, statistics
from partners.tests.factories import make_offer
from tickets import services
from tickets.figures import kept
from tickets.models import Figure
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import days, make_campaign

from .places import ADDRESS, ANTONY, SCEAUX, VANVES, wallets_of

pytestmark = pytest.mark.django_db


def names_of(page):
    return [line.name for line in page.context["page"]]


def test_the_page_and_its_file_say_the_same(client, enter, agent, populate):
    campaign = populate({ANTONY: 2, SCEAUX: 9, VANVES: 8})
    make_ticket(wallet=wallets_of(campaign, SCEAUX, Kind.SPORT)[0])
    enter(agent)
    asked = {"campagne": campaign.pk, "par": "commune", "tri": "-inscrits"}

    page = client.get(ADDRESS, asked)
    file = b"".join(client.get(ADDRESS, asked | {"format": "CSV"}).streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file), delimiter=";"))

    assert [row["Commune"] for row in rows] == ["Sceaux", "Antony", "Vanves", "Ensemble"]
    assert names_of(page) == ["Sceaux", "Antony", "Vanves"]
    assert [row["Inscrits"] for row in rows] == ["9", "", "", "19"]
    assert '<td class="num">–</td>' in page.text


@pytest.mark.parametrize("by", statistics.BY)
def test_each_table_has_its_file(client, enter, agent, populate, by):
    campaign = populate({ANTONY: 20})
    for wallet in wallets_of(campaign, ANTONY, Kind.CULTURE)[:10]:
        make_ticket("12.50", wallet=wallet)
    enter(agent)

    page = client.get(ADDRESS, {"campagne": campaign.pk, "par": by})
    file = b"".join(
        client.get(ADDRESS, {"campagne": campaign.pk, "par": by, "format": "CSV"}).streaming_content
    )
    [*_, whole] = csv.DictReader(io.StringIO(file.decode("utf-8-sig")), delimiter=";")

    assert page.status_code == 200
    assert '<td class="num">125\N{NO-BREAK SPACE}€</td>' in page.text
    assert whole["Créé, Culture (€)"] == "125,00"


@pytest.mark.parametrize(
    "asked",
    [{}, {"campagne": "x"}, {"campagne": "1", "par": "rue"}, {"campagne": "99999"}, {"tri": "-x", "p": "z"}],
)
def test_what_is_not_understood_shows_the_newest_by_commune(client, enter, agent, populate, asked):
    campaign = populate({ANTONY: 6})
    enter(agent)
    page = client.get(ADDRESS, asked)

    assert f"Où est passé l’argent de la campagne {campaign}" in page.context["title"]
    assert page.context["table"].by == Figure.COMMUNE


def test_a_campaign_that_has_not_begun_is_not_the_newest(populate):
    campaign = populate({ANTONY: 6})
    make_campaign(opens_on=days(50), last_ticket_on=days(400), last_cancellation_on=days(400))

    assert statistics.newest_campaign() == campaign


def test_before_any_campaign(client, enter, agent):
    enter(agent)

    assert "Il n’y a pas encore de campagne" in client.get(ADDRESS).text


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("nom", ["Antony", "Sceaux", "Vanves"]),
        ("-nom", ["Vanves", "Sceaux", "Antony"]),
        ("inscrits", ["Vanves", "Antony", "Sceaux"]),
        ("-inscrits", ["Sceaux", "Antony", "Vanves"]),
    ],
)
def test_the_order_without_javascript(client, enter, agent, populate, order, expected):
    populate({ANTONY: 7, SCEAUX: 9, VANVES: 6})
    enter(agent)
    page = client.get(ADDRESS, {"tri": order})

    assert names_of(page) == expected
    word = "descending" if order.startswith("-") else "ascending"
    assert page.text.count("aria-sort") == 1
    [head] = re.findall(rf'<th scope="col"[^>]* aria-sort="{word}"><a href="([^"]*)"', page.text)
    # A second click turns it.
    turned = order.removeprefix("-") if order.startswith("-") else f"-{order}"
    assert head.endswith(f"tri={turned}")


def test_what_is_hidden_comes_last_in_any_order(client, enter, agent, populate):
    """Its place among the others would tell how many there are."""
    populate({ANTONY: 4, SCEAUX: 30, VANVES: 6, "75056": 20})
    enter(agent)
    for order in ("inscrits", "-inscrits"):
        assert names_of(client.get(ADDRESS, {"tri": order}))[2:] == ["Antony", "Vanves"]


def test_thousands_of_lines_come_by_pages(client, enter, agent, populate):
    populate({f"{number:05}": 1 for number in range(10_000, 10_102)})
    enter(agent)

    first, second = client.get(ADDRESS), client.get(ADDRESS, {"p": 2})

    assert (len(names_of(first)), len(names_of(second))) == (100, 2)
    assert "Page 1 sur 2, 102 lignes" in first.text


def test_a_chart_of_the_lines(populate, agent):
    campaign = populate({ANTONY: 30, SCEAUX: 30, VANVES: 30})
    offer = make_offer(kind=Kind.SPORT)
    for commune, amount in ((ANTONY, "2"), (SCEAUX, "8")):
        for number, wallet in enumerate(wallets_of(campaign, commune, Kind.SPORT)[:20]):
            ticket = make_ticket(amount, wallet=wallet, offer=offer)
            if number < 10:
                services.use(ticket_id=ticket.pk, actor=agent)

    table, _ = statistics.table(campaign, Figure.COMMUNE)
    drawn = [(bar.name, bar.used, bar.unused, bar.amount) for bar in charts.bars(table)]

    euros = "\N{NO-BREAK SPACE}€"
    assert drawn == [("Sceaux", 165, 165, f"160{euros}"), ("Antony", 41, 41, f"40{euros}")]


def test_a_chart_tells_nothing_of_what_is_hidden(populate, agent):
    campaign = populate({ANTONY: 30})
    offer = make_offer(kind=Kind.SPORT)
    for wallet in wallets_of(campaign, ANTONY, Kind.SPORT)[:2]:
        services.use(ticket_id=make_ticket("5", wallet=wallet, offer=offer).pk, actor=agent)

    assert charts.bars(statistics.table(campaign, Figure.COMMUNE)[0]) == []
    [month] = charts.months(statistics.table(campaign, Figure.MONTH)[0])
    assert (month.now, month.told.count("non dit")) == (0, 2)


def test_a_chart_is_told_to_who_does_not_see_it(client, enter, agent, populate):
    campaign = populate({ANTONY: 20})
    for wallet in wallets_of(campaign, ANTONY, Kind.SPORT)[:10]:
        make_ticket("1", wallet=wallet)
    enter(agent)
    page = client.get(ADDRESS).text

    assert '<svg role="img" aria-labelledby="chart-title"' in page
    assert "Antony\N{NO-BREAK SPACE}: 10\N{NO-BREAK SPACE}€ créés, dont 0\N{NO-BREAK SPACE}€ utilisés" in page
    assert "style=" not in page[page.index("<figure") : page.index("</figure>")]


def test_few_queries_once_it_is_counted(client, enter, agent, populate, django_assert_max_num_queries):
    """admin.md § 3: 26 queries by commune, and seconds."""
    campaign = populate({ANTONY: 7})
    make_campaign(opens_on=days(-500), last_ticket_on=days(-300), last_cancellation_on=days(-300))
    for one in type(campaign).objects.all():
        kept.count_and_keep(one.pk)
    enter(agent)
    for by in statistics.BY:
        with django_assert_max_num_queries(15):
            page = client.get(ADDRESS, {"par": by})
        assert f"Compté le {timezone.localdate():%d/%m/%Y}" in page.text


def test_it_is_for_agents_with_a_role(client, enter):
    enter(make_user(is_staff=True))

    assert client.get(ADDRESS).status_code == 403
