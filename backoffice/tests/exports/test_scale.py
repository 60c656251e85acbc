"""A long list: the same questions to the database, some rows at a time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.exports import lists
from core.models import PreparedFile
from partners.tests.factories import make_offer
from tickets.tests.factories import make_ticket, make_tickets
from wallets.models import Kind
from wallets.tests.factories import make_campaign, make_wallet

pytestmark = pytest.mark.django_db


def test_as_many_queries_for_ten_as_for_one(export):
    campaign = make_campaign()

    def queries(count):
        for _ in range(count):
            make_ticket(wallet=make_wallet(campaign=campaign), offer=make_offer(kind=Kind.CULTURE))
        with CaptureQueriesContext(connection) as asked:
            export("tickets_ticket")
        return len(asked)

    queries(1)
    assert queries(1) == queries(8)


def test_a_long_list_comes_in_its_order_some_rows_at_a_time(export, monkeypatch):
    monkeypatch.setattr(lists, "AT_ONCE", 2)
    make_tickets(5)

    numbers = [int(row["Numéro"]) for row in export("tickets_ticket")]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == 5
    file = PreparedFile.objects.get()
    assert (file.rows_done, file.rows) == (5, 5)
