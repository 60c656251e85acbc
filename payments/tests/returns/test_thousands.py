"""A return of three thousand payments."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.models import Partner
from partners.tests.factories import make_partner
from payments.models import Batch, BatchState, Outcome, Payment, Verdict
from payments.returns.writing import SAYS_ALIVE_EVERY
from payments.tests.factories import make_use
from payments.tests.paid import make_sent

from .returning import bring, line, told

pytestmark = pytest.mark.django_db


def make_batch_of(many: int) -> Batch:
    """One payment of a ticket, and others that no test reads the lines of."""
    make_use()
    batch = make_sent()
    account = batch.payments.get().account
    town = make_partner().commune
    partners = Partner.objects.bulk_create(
        Partner(name=f"Club {number}", commune=town, affiliated_from=timezone.localdate())
        for number in range(many - 1)
    )
    Payment.objects.bulk_create(
        Payment(batch=batch, partner=it, account=account, legal_name=it.name, amount=5, sport=5, tickets=0)
        for it in partners
    )
    return batch


def test_read_in_few_queries():
    many = 3_000
    batch = make_batch_of(many)
    payments = list(batch.payments.order_by("pk"))
    with CaptureQueriesContext(connection) as queries:
        file = bring(batch, *map(line, payments))

    # SQLite takes ninety lines at once.
    assert len(queries) < many / 50
    assert file.lines.filter(verdict=Verdict.TO_TELL).count() == many


def test_told_one_by_one_the_worker_says_that_it_is_there():
    many = 2 * SAYS_ALIVE_EVERY + 1
    batch = make_batch_of(many)
    file = told(bring(batch, *map(line, batch.payments.order_by("pk"))))

    assert file.lines.filter(verdict=Verdict.TOLD).count() == Outcome.objects.count() == many
    batch.refresh_from_db()
    assert batch.state == BatchState.SETTLED
