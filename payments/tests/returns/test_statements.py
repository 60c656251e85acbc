"""What telling a return costs, in statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from payments.models import BatchState, Payment
from payments.tests.factories import make_use
from payments.tests.paid import make_sent

from .returning import bring, confirm, line, work

pytestmark = pytest.mark.django_db
# Of a payment of one ticket, to an organisme without managers: two savepoints, the locks of its ticket and of
# itself, what was told of it before, the outcome, its ticket, who is to be told, and the line's verdict.
A_LINE = 11


def statements(payments: list[Payment]) -> int:
    file = bring(payments[0].batch, *map(line, payments))
    confirm(file)
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def test_each_line_costs_the_same_and_the_batch_is_settled_once():
    for _ in range(12):
        make_use()
    batch = make_sent()
    # What else waits.
    work()
    payments = list(batch.payments.order_by("pk"))
    few, many, rest = statements(payments[:2]), statements(payments[2:9]), statements(payments[9:])

    # The last one settles the batch.
    assert (many - few, many - rest) == (5 * A_LINE, 4 * A_LINE - 1)
    batch.refresh_from_db()
    assert batch.state == BatchState.SETTLED
