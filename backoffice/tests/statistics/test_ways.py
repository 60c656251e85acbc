"""By which way the tickets of a campaign were used."""

import pytest

from backoffice.figures import statistics
from partners.tests.factories import make_offer
from tickets import services
from tickets.models import Figure
from tickets.tests.counter.counters import Counter
from tickets.tests.factories import make_ticket
from wallets.models import Kind

from .places import ADDRESS, ANTONY, wallets_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def use(populate, agent):
    """`use(6, 3)`: of six children a counter used the ticket by its code, of three an agent; one undone."""
    campaign = populate({ANTONY: 20})
    counter = Counter(offer=make_offer("Théâtre", kind=Kind.CULTURE))

    def by_both(typed, by_agent):
        for number, wallet in enumerate(wallets_of(campaign, ANTONY, Kind.CULTURE)):
            ticket = make_ticket("1", wallet=wallet, offer=counter.offer)
            if number < typed:
                counter.use(ticket)
            elif number < typed + by_agent:
                services.use(ticket_id=ticket.pk, actor=agent)
        counter.undo(counter.use(ticket))
        return campaign

    return by_both


def test_the_most_used_way_comes_first(client, enter, agent, use):
    campaign = use(3, 6)
    enter(agent)
    page = client.get(ADDRESS, {"campagne": campaign.pk, "par": "mois"})

    told = [(way.name, way.number, way.share) for way in page.context["table"].ways]
    assert told == [("par un agent", 6, 67), ("code saisi", 3, 33)]
    assert '<td class="num">67\N{NO-BREAK SPACE}%</td>' in page.text


def test_not_where_the_number_of_used_tickets_is_hidden(use):
    table, _ = statistics.table(use(2, 1), Figure.MONTH)

    assert table.ways == []
